"""The credential itself: an Open Badge 3.0, which is a W3C Verifiable Credential, in words and in levels.

What may be said of a trainee goes in, and the issuer and the consent; out comes the credential as plain
data, ready to be signed. Each competency is a result of its own, once for what was practised and once for
what was examined, with the four levels of the framework beside it. No mark, no point, no id of the course
and no task stands in it. Serves draft:23(a): what a local team has learned can be shown.
"""

from __future__ import annotations

import uuid
from datetime import UTC, datetime
from typing import Any

from safelearn.course.credentials.consent import Consent
from safelearn.course.credentials.issuer import Issuer, profile
from safelearn.course.credentials.standing import Standing
from safelearn.guidelines.competencies import competency, levels, role
from safelearn.language import current, listing, t

CONTEXT = [
    "https://www.w3.org/ns/credentials/v2",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
]
#: Stand in the id of each result, so that a program can keep the two apart in any language.
PRACTISED, EXAMINED = "practised", "examined"
#: The tag of a credential of somebody who does not exist.
REHEARSAL = "rehearsal"
_NAMES = uuid.uuid5(uuid.NAMESPACE_URL, "https://safelearn.invalid/credentials")


def credential(
    standing: Standing,
    issuer: Issuer,
    consent: Consent,
    status: dict[str, str],
    *,
    now: datetime,
    until: datetime,
) -> dict[str, Any]:
    """The credential of one trainee.

    Parameters
    ----------
    status : dict
        Its place in the list of revocations.
    now, until : datetime
        From when and until when it holds, aware.
    """
    name = title(standing)
    about = {
        "id": _urn(issuer.did, name, "achievement"),
        "type": ["Achievement"],
        "achievementType": "CertificateOfCompletion" if standing.complete else "Course",
        "name": name,
        "description": description(standing),
        "criteria": {"narrative": "\n\n".join(criteria(standing))},
        "inLanguage": current().replace("_", "-"),
        "tag": [REHEARSAL] if standing.person.invented else [],
        "resultDescription": [],
    }
    results = []
    for kind, reached in ((PRACTISED, standing.practised), (EXAMINED, standing.examined)):  # fmt: skip
        for found, level in reached.items():
            described = _described(about["id"], kind, found)
            about["resultDescription"].append(described)
            achieved = described["rubricCriterionLevel"][level - 1]["id"]
            results.append(
                {
                    "type": ["Result"],
                    "resultDescription": described["id"],
                    "achievedLevel": achieved,
                }
            )
    subject: dict[str, Any] = {
        # Drawn anew for each credential, so that two of them cannot be laid side by side.
        "id": f"urn:uuid:{uuid.uuid4()}",
        "type": ["AchievementSubject"],
        "identifier": [consent.identity],
        "achievement": about,
        "result": results,
    }
    if standing.year:
        subject["term"] = str(standing.year)
    own = f"urn:uuid:{uuid.uuid4()}"
    return {
        "@context": CONTEXT,
        "id": own,
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": name,
        "issuer": profile(issuer),
        "validFrom": _time(now),
        "validUntil": _time(until),
        "credentialSubject": subject,
        "credentialStatus": status,
        # The same again as a web token names it, as Open Badges 3.0 asks for this kind of proof.
        "iss": issuer.did,
        "sub": subject["id"],
        "jti": own,
        "nbf": int(now.timestamp()),
        "exp": int(until.timestamp()),
    }


def title(standing: Standing) -> str:
    """What the credential is called."""
    name = role(standing.role).name if standing.role else ""
    if standing.year:
        said = t("Renewed in {year}: {role}", year=standing.year, role=name)
        if not standing.complete:
            said = t("Renewed in part in {year}: {role}", year=standing.year, role=name)
    elif standing.complete:
        said = t("The course path for the role: {role}", role=name)
    elif name:
        said = t("A part of the course path for the role: {role}", role=name)
    else:
        said = t("A part of the course")
    if standing.person.invented:
        return t("REHEARSAL, nobody: {title}", title=said)
    return said


def description(standing: Standing) -> str:
    """What it says, in a few sentences for whoever does not know the course."""
    said = [
        t("The holder did tasks of a course on diagnosing and improving a city's safety, each on data of their own.")
    ]  # fmt: skip
    if standing.year:
        said = [
            t(
                "The holder did a small set of tasks again in {year}, on data drawn anew for that year.",
                year=standing.year,
            )
        ]
    said.append(scope(standing))
    if standing.person.invented:
        said.insert(0, t("This is a rehearsal. The holder does not exist, and no mark was earned."))  # fmt: skip
    return " ".join(said)


def scope(standing: Standing) -> str:
    """How much of the role's path it is."""
    if not standing.role:
        return t("It covers the modules that are named, and no role's whole path.")
    name = role(standing.role).name
    if standing.complete and standing.year:
        return t("All tasks of the set for the role {role} were done.", role=name)
    if standing.complete:
        return t(
            "All modules of the path for the role {role} were done, to the levels that the role asks for.",
            role=name,
        )
    asked = [
        t("{competency} (level {level})", competency=competency(found).name, level=n)
        for found, n in role(standing.role).minimum.items()
    ]
    return t(
        "It is a part of the path for the role {role}. The whole path asks for: {names}.",
        role=name,
        names=listing(asked),
    )


def criteria(standing: Standing) -> list[str]:
    """How it came about: what practised means, what examined means, and what neither says."""
    said = [
        t(
            "Practised: at least half of the points of the tasks at that level. The tasks are public, and so are their "
            "solutions; the data were the holder's own."
        )
    ]
    if standing.examined:
        said.append(
            t(
                "Examined: at least half of the points of private tasks at that level, on private data, in a set time."
            )
        )
    else:
        said.append(t("Examined: nothing. No exam is part of this credential."))
    if standing.together:
        said.append(t("Some of the work was handed in together with somebody else."))
    # Titles hold commas, and a question after the colon.
    names = [title.partition(":")[0] for title in standing.modules]
    said.append(t("Modules: {names}.", names=" · ".join(names)))
    said.append(
        t("It says how tasks of a course were done. It does not measure a person.")
    )
    return said


def _described(achievement: str, kind: str, found: str) -> dict[str, Any]:
    """One competency as a result: its four levels, and whether it was practised or examined."""
    one = competency(found)
    name = (
        t("Practised: {competency}", competency=one.name)
        if kind == PRACTISED
        else t("Examined: {competency}", competency=one.name)
    )
    return {
        "id": f"{achievement}#{kind}-{found}",
        "type": ["ResultDescription"],
        "name": name,
        "resultType": "RubricCriterionLevel",
        "rubricCriterionLevel": [
            {
                "id": f"{achievement}#{kind}-{found}-{level.number}",
                "type": ["RubricCriterionLevel"],
                "name": f"{level.number} · {level.name}",
                "level": str(level.number),
                "description": one.at(level.number),
            }
            for level in levels()
        ],
    }


def _urn(*parts: str) -> str:
    """A name that is the same for the same things."""
    return f"urn:uuid:{uuid.uuid5(_NAMES, '/'.join(parts))}"


def _time(when: datetime) -> str:
    return f"{when.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def is_rehearsal(credential: dict[str, Any]) -> bool:
    """Whether its holder was invented."""
    return REHEARSAL in credential["credentialSubject"]["achievement"].get("tag", ())
