# %% tags=["parameters"]
city: str = ""  # Folder of the city; required
out: str = ""  # Folder for tables and manifest; by default NAME-scenarios in the current folder
language: str = ""  # Language of the report, such as en; by default the city's own
audience: str = "public"  # Who may read it: public or internal
recipient: str = ""  # Who an internal report is for
year: int = 0  # Calendar year to look at; 0 takes the last complete one
previous: str = ""  # Former report of this kind or release; by default the newest
also: list = []  # Files with totals that others publish, which must not give hidden counts away
overrides: list = []  # Checks that two people lift: [check, by, second, reason] each
horizon: int = 0  # Year to look at; 0 takes three years after the last
drivers: str = ""  # Codes of the two figures that span the scenarios; by default those with most at stake


# %%
from IPython.display import display

from safelearn.reports import chapters, evidence, export, front
from safelearn.reports.chapters import scenarios_page as page

# Measure, then ask disclosure control: what is kept here has been released, row by row.
found = evidence.gather(
    city,
    template="scenarios",
    year=year or None,
    language=language,
    audience=audience,
    recipient=recipient,
    previous=previous,
    also=also,
    overrides=overrides,
    options={"horizon": horizon, "drivers": drivers},
)
display(front.front(found))


# %%
chapters.show(page.scenarios(found))

# %%
chapters.show(chapters.care(found))

# %%
export.write(found, out)
