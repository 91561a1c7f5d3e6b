# %% [markdown]
# # Your city's data, step by step
#
# **Begin here:** in the menu above, click on **Run**, then on **Run All Cells**. Buttons appear below. Do this again
# whenever you open this page; what you brought in before is still there.
#
# Nothing here needs programming. Your files are copied, never changed, and nothing leaves this computer.

# %% tags=["parameters"]
city: str = ""  # Folder of the city; required
report: str = ""  # Folder for the report; by default beside this notebook

# %% tags=["steps"]
from safelearn.reports.guide import Guide

guide = Guide(city, report)

# %% [markdown]
# ## 1. Add a file
#
# Bring in the list or map of your areas first, then the number of residents, then the records. A spreadsheet, a CSV or
# a map file can stay as you received it.

# %% tags=["steps"]
guide.add_file()

# %% [markdown]
# ## 2. Confirm what was not certain
#
# Names of areas and words for offences that are spelt in another way than your lists do. Nothing is joined by
# likeness alone: you decide.

# %% tags=["steps"]
guide.confirm()

# %% [markdown]
# ## 3. See what was understood
#
# Every row that was read is used or set aside with a reason.

# %% tags=["steps"]
guide.understood()

# %% [markdown]
# ## 4. Make the report
#
# It opens in your browser, and it protects people: small numbers are hidden, and no point leaves your computer.

# %% tags=["steps"]
guide.make_report()
