# %% [markdown]
# # Final exam

# %%
from safelearn import check
from safelearn.course.variants import my_city

shops = my_city("x01").shops

# %% [markdown]
# ## Task 1
#
# How many thefts, and how many for 1,000 people?

# %%
thefts = ...
rate = ...
### BEGIN SOLUTION
thefts = shops["n"].sum()
rate = 1000 * thefts / shops["people"].sum()
### END SOLUTION

# %%
check("x01-t1", thefts=thefts, rate=rate)

# %% mean of the rates tags=["mistake"]
# You took the mean of the streets' rates. Add up first, then divide.
thefts = shops["n"].sum()
rate = (1000 * shops["n"] / shops["people"]).mean()

# %% per hundred tags=["mistake"]
# You divided for 100 people. It was asked for 1,000.
thefts = shops["n"].sum()
rate = 100 * thefts / shops["people"].sum()

# %% [markdown]
# ## Task 2
#
# Which share of the thefts, in per cent, happened in the street with most of them?

# %%
share = ...
### BEGIN SOLUTION
share = 100 * shops["n"].max() / shops["n"].sum()
### END SOLUTION

# %%
check("x01-t2", share=share)

# %% the last street tags=["mistake"]
# You took the last street of the table, and not the one with most thefts.
share = 100 * shops["n"].iloc[-1] / shops["n"].sum()

# %% of the other streets tags=["mistake"]
# You divided by the thefts of the other streets. All thefts stand below the line.
share = 100 * shops["n"].max() / (shops["n"].sum() - shops["n"].max())
