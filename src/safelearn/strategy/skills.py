"""What can the city's team do, what does it still lack, and whose turn is it to learn? (draft:25(n))

The table ``skills`` goes in, one row a post and competency. Out come the gap of each post against what its role asks,
and of the team: for each competency whether anybody leads in it, how many can do it, and whether all three fields
(human, territorial, technological) are there. A post held by one person is that person: gaps by post are for the team
and its own plan of learning, never for publication, pay or promotion.
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from safelearn.guidelines.competencies import competencies, roles

NEEDS = frozenset({"table:skills"})
FIELDS = ("human", "territorial", "technological")
#: Levels: does it with a template; adapts it and reviews others.
DOES, LEADS = 2, 3


@dataclass(frozen=True)
class Team:
    """What a team can do together.

    Attributes
    ----------
    competencies : DataFrame
        One row for each of the ten: `competency`, `highest` (level of anybody), `leads` and `does` (staff at level 3
        and at level 2 or above), `required` (posts that need it), `short` (of these, below what they need), `gap`
        (highest required minus highest held, at least 0).
    fields : dict of str to int
        Staff in each of the three fields.
    staff : int
    self_rated : float
        Share of levels that nobody but the post itself has judged.
    """

    competencies: pd.DataFrame
    fields: dict[str, int]
    staff: int
    self_rated: float

    @property
    def missing_fields(self) -> tuple[str, ...]:
        """Fields that nobody of the team stands for."""
        return tuple(field for field in FIELDS if not self.fields.get(field))

    @property
    def nobody_leads(self) -> tuple[str, ...]:
        """Competencies in which nobody of the team can guide the others."""
        rows = self.competencies
        return tuple(rows.loc[rows["leads"] == 0, "competency"])


def gaps(skills: pd.DataFrame) -> pd.DataFrame:
    """The gap of each post in each competency: for the team's own use. Serves draft:25(n).

    Parameters
    ----------
    skills : DataFrame
        `post_id`, `post`, `profile`, `competency`, `level`, `required_level`, `staff`.

    Returns
    -------
    DataFrame
        One row a post and competency: `post_id`, `post`, `competency`, `level` (NaN where nobody has judged it),
        `required`, `gap` (levels to climb, 0 if none), the widest gaps first.

    Notes
    -----
    What a post needs is `required_level`; where that is empty, the least that its profile needs by the framework
    (`guidelines.competencies.roles`), also for competencies that the table leaves out.
    """
    rows = skills.reindex(
        columns=["post_id", "post", "profile", "competency", "level", "required_level"]
    )
    least = {role.id: dict(role.minimum) for role in roles()}
    lines = []
    for (post_id, post, profile), here in rows.groupby(
        ["post_id", "post", "profile"], sort=False, dropna=False
    ):
        held = here.set_index("competency")
        for competency in competencies():
            name = competency.id
            level = held["level"].get(name)
            needed = held["required_level"].get(name)
            if needed is None or pd.isna(needed):
                needed = least.get(str(profile), {}).get(name, 0)
            if name not in held.index and not needed:
                continue
            lines.append(
                {
                    "post_id": str(post_id),
                    "post": str(post),
                    "competency": name,
                    "level": float("nan") if level is None else float(level),
                    "required": int(needed),
                    "gap": max(int(needed) - int(level or 0), 0),
                }
            )
    names = ["post_id", "post", "competency", "level", "required", "gap"]
    frame = pd.DataFrame(lines, columns=names)
    return frame.sort_values("gap", ascending=False, kind="stable", ignore_index=True)


def team(skills: pd.DataFrame) -> Team:
    """What the team can do together, without any single post. Serves draft:25(n).

    Parameters
    ----------
    skills : DataFrame
        As for `gaps`, with `field`, `staff` (1 where empty) and `assessed_by`.
    """
    by_post = gaps(skills)
    posts = skills.drop_duplicates("post_id").set_index("post_id")
    held_by = posts.reindex(columns=["staff"])["staff"].fillna(1).astype(int)
    by_post["staff"] = by_post["post_id"].map(held_by)
    lines = []
    for competency in competencies():
        here = by_post[by_post["competency"] == competency.id]
        highest = here["level"].max() if here["level"].notna().any() else 0
        wanted = here[here["required"] > 0]
        lines.append(
            {
                "competency": competency.id,
                "highest": int(highest),
                "leads": int(here.loc[here["level"] >= LEADS, "staff"].sum()),
                "does": int(here.loc[here["level"] >= DOES, "staff"].sum()),
                "required": len(wanted),
                "short": int((wanted["gap"] > 0).sum()),
                "gap": max(int(here["required"].max() or 0) - int(highest), 0)
                if len(here)
                else 0,
            }
        )
    field = posts.reindex(columns=["field"])["field"]
    counted = held_by.groupby(field).sum()
    judged = skills.reindex(columns=["assessed_by"])["assessed_by"]
    return Team(
        pd.DataFrame(lines),
        {name: int(counted.get(name, 0)) for name in FIELDS},
        int(held_by.sum()),
        float((judged.isna() | judged.eq("self")).mean()),
    )


def next_to_learn(skills: pd.DataFrame, most: int = 3) -> list[str]:
    """Competencies that the team should learn first: those in which most posts fall short of what they need."""
    found = team(skills).competencies
    found = found[found["short"] > 0]
    order = found.sort_values(["short", "gap"], ascending=False, kind="stable")
    return list(order["competency"].head(most))
