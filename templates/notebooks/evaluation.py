# %% tags=["parameters"]
city: str = ""  # Folder of the city; required
out: str = ""  # Folder for tables and manifest; by default NAME-evaluation in the current folder
language: str = ""  # Language of the report, such as en; by default the city's own
audience: str = "public"  # Who may read it: public or internal
recipient: str = ""  # Who an internal report is for
year: int = 0  # Calendar year to look at; 0 takes the last complete one
previous: str = ""  # Former report of this kind or release; by default the newest
also: list = []  # Files with totals that others publish, which must not give hidden counts away
overrides: list = []  # Checks that two people lift: [check, by, second, reason] each
offences: str = ""  # Codes of the offences to measure, with spaces between; by default those that the table names
months: int = 24  # At most so many months before and after are compared


# %%
from IPython.display import display

from safelearn.reports import chapters, evidence, export, front
from safelearn.reports.chapters import accounts, monitoring
from safelearn.reports.chapters import evaluation_page as page

# Measure, then ask disclosure control: what is kept here has been released, row by row.
found = evidence.gather(
    city,
    template="evaluation",
    year=year or None,
    language=language,
    audience=audience,
    recipient=recipient,
    previous=previous,
    also=also,
    overrides=overrides,
    options={"offences": offences, "months": months},
)
display(front.front(found))


# %%
chapters.show(page.summary(found))

# %%
chapters.show(page.change(found))

# %%
chapters.show(page.moved(found))

# %%
chapters.show(page.sure(found))

# %%
chapters.show(page.cost(found))

# %%
chapters.show(accounts.worth(found))

# %%
chapters.show(accounts.accounts(found))

# %%
chapters.show(monitoring.monitoring(found))

# %%
chapters.show(monitoring.justice(found))

# %%
chapters.show(page.limits(found))

# %%
chapters.show(chapters.care(found))

# %%
export.write(found, out)
