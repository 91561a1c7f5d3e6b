"""What a trainee's server knows of the course. Written by safelearn."""

import json
from pathlib import Path

COURSE = json.loads(Path(__file__).with_name("course.json").read_text("utf-8"))

c = get_config()  # noqa: F821
c.CourseDirectory.course_id = COURSE["course_id"]
c.Exchange.root = COURSE["exchange"]
c.ExchangeFactory.submit = "safelearn.course.classroom.submit.Submit"
c.Submit.strict = True
