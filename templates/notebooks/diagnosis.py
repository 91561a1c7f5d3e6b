# %% tags=["parameters"]
city: str = ""  # Folder of the city; required
out: str = ""  # Folder for tables and manifest; by default NAME-diagnosis in the current folder
language: str = ""  # Language of the report, such as en; by default the city's own
audience: str = "public"  # Who may read it: public or internal
recipient: str = ""  # Who an internal report is for
year: int = 0  # Calendar year to look at; 0 takes the last complete one
previous: str = ""  # Former diagnosis or release to compare with; by default the newest
also: list = []  # Files with totals that others publish, which must not give hidden counts away
overrides: list = []  # Checks that two people lift: [check, by, second, reason] each

# %%
from IPython.display import display

from safelearn.reports import chapters, evidence, export, front

# Measure, then ask disclosure control: what is kept here has been released, row by row.
found = evidence.gather(
    city,
    year=year or None,
    language=language,
    audience=audience,
    recipient=recipient,
    previous=previous,
    also=also,
    overrides=overrides,
)
display(front.front(found))


# %%
chapters.show(chapters.summary(found))

# %%
chapters.show(chapters.changed(found))

# %%
chapters.show(chapters.basis(found))

# %%
chapters.show(chapters.city(found))

# %%
chapters.show(chapters.actors(found))

# %%
chapters.show(chapters.offences(found))

# %%
chapters.show(chapters.where(found))

# %%
chapters.show(chapters.who(found))

# %%
chapters.show(chapters.perception(found))

# %%
chapters.show(chapters.reporting(found))

# %%
chapters.show(chapters.groups(found))

# %%
chapters.show(chapters.places(found))

# %%
chapters.show(chapters.causes(found))

# %%
chapters.show(chapters.responses(found))

# %%
chapters.show(chapters.priorities(found))

# %%
chapters.show(chapters.indicators(found))

# %%
chapters.show(chapters.options(found))

# %%
chapters.show(chapters.missing(found))

# %%
chapters.show(chapters.later(found))

# %%
chapters.show(chapters.harm(found))

# %%
chapters.show(chapters.care(found))

# %%
chapters.show(chapters.validation(found))

# %%
chapters.show(chapters.annex(found))

# %%
export.write(found, out)
