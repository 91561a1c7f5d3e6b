"""The course: from one text a module, notebooks, data of one's own, and marks that can be defended.

What a trainee's notebook calls lies here: `variants` makes each trainee's data, `answers` judges an answer's form.
`authoring` makes the notebooks of their sources and proves that the whole marks as it says; `classroom` is a course as
a folder; `grading` compares answers elsewhere (`comparison`), with the author's solution run on the same data (`key`),
and lets nbgrader keep the record; `reporting` says what the marks mean.
"""
