"""The course: from one text a module, notebooks, data of one's own, and marks that can be defended.

`build` makes the notebooks, `variants` each trainee's data, `answers` judges an answer's form in the
trainee's notebook, and `comparison` its value, elsewhere, against the author's solution run on the same data
(`key`). nbgrader keeps the record: `checker` is what it runs, `grading` drives it, and `prove` shows that the
whole marks as it says.
"""
