"""What the instructor's server knows of the course: its own settings, and the exchange. Written by safelearn."""

import json
from pathlib import Path

COURSE = json.loads(Path(__file__).with_name("course.json").read_text("utf-8"))

c = get_config()  # noqa: F821
load_subconfig("nbgrader_config.py", path=COURSE["course"])  # noqa: F821
c.CourseDirectory.root = COURSE["course"]
c.Exchange.root = COURSE["exchange"]
