"""Whoever is shown a credential can check it alone: by our command, and by programs that know nothing of us.

The published JSON Schema of Open Badges 3.0 comes with no package. Its rules for the parts that we write are written
down below by hand, from the schema that 1EdTech keeps beside the specification.
"""

from __future__ import annotations

import base64
import json
import warnings
from datetime import UTC, datetime, timedelta

import pytest

from safelearn.cli import main
from safelearn.course.classroom.roster import Person
from safelearn.course.credentials import (
    badge,
    consent,
    issuer,
    proof,
    revocations,
    standing,
)
from safelearn.course.credentials.verify import verify
from safelearn.errors import SafelearnError

pytestmark = pytest.mark.filterwarnings("ignore")
LIST = "https://town.example/revocations.jwt"


class Office:
    """An issuer with its folder, and what it has issued."""

    def __init__(self, course, keep):
        self.course = course
        self.issuer, self.kept = issuer.make_issuer(
            course, "Town of Nowhere", revocations_at=LIST, keep=keep
        )
        self.key = issuer.private_key(self.issuer, self.kept)
        self.publish()

    def publish(self):
        return revocations.publish(self.course, self.issuer, self.key)

    def issue(self, name="Ana Paz", *, since=None, days=365, **changes):
        """A credential as a file, and what it says."""
        now = since or datetime.now(UTC) - timedelta(minutes=1)
        found = standing.Standing(
            **{
                "person": Person("ana"),
                "role": "planner",
                "practised": {"C5": 2, "C6": 3},
                "examined": {"C5": 1},
                "modules": ("Rates: what for?",),
                "lacking": (),
                "missing": (),
                "open": (),
                "together": False,
            }
            | changes
        )
        salt = "" if name else "5a17"
        agreed = consent.Consent(
            "ana", name, consent.hash_of("ABCD-EFGH", salt), salt, "2026-11-23", ()
        )
        said = badge.credential(
            found,
            self.issuer,
            agreed,
            revocations.take(self.course, self.issuer),
            now=now,
            until=now + timedelta(days=days),
        )
        path = self.course / f"{said['id'][-8:]}.jwt"
        path.write_text(proof.sign(said, self.key))
        return path, said


@pytest.fixture
def office(course, tmp_path):
    return Office(course, tmp_path / "key.pem")


def check(office, path, **more):
    known = {
        "issuer": office.course / issuer.FILE,
        "revocations": office.course / revocations.LIST,
    }
    return verify(path, **known | more)


def answers(found):
    return {f.question: f.holds for f in found.findings}


def test_a_sound_credential_is_relied_on_only_with_the_issuers_own_file(office):
    path, _ = office.issue()
    found = check(office, path)
    assert found.reliable and set(answers(found).values()) == {True}
    assert found.verdict() == "It is genuine and holds."
    alone = verify(path)
    assert answers(alone)["issuer"] is None and not alone.reliable
    assert "do not rely on it yet" in alone.verdict()
    without = check(office, path, revocations=None)
    assert without.reliable and "unless it was revoked" in without.verdict()


def test_an_open_badges_library_of_others_accepts_it_and_sees_a_revocation(office):
    # Another JOSE library too: theirs is PyJWT under it, and below, joserfc reads the same text.
    from openbadgeslib.ob3 import OB3VerificationError, OB3Verifier

    path, said = office.issue()
    theirs = OB3Verifier.for_issuer_did(office.issuer.did)
    fetched = []

    def download(url):
        fetched.append(url)
        return (office.course / revocations.LIST).read_text().strip().encode()

    token = path.read_text()
    read = theirs.verify(token, check_status=True, download=download)
    assert read.id == said["id"] and read.issuer.name == "Town of Nowhere"
    assert [i.identity_hash for i in read.identifiers] == ["Ana Paz"]
    assert fetched == [LIST]
    revocations.revoke(office.course, office.issuer, said, "by mistake")
    office.publish()
    with pytest.raises(OB3VerificationError, match="revocation"):
        theirs.verify(token, check_status=True, download=download)
    other, _ = office.issue("Ben")
    theirs.verify(other.read_text(), check_status=True, download=download)


def test_another_jose_library_reads_the_signature_and_the_key_has_its_right_name(
    office,
):
    from joserfc import jwk, jws
    from openbadgeslib.ob3.did import resolve_did

    path, said = office.issue()
    key = jwk.OKPKey.import_key(resolve_did(office.issuer.did))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        text = path.read_bytes().strip()
        read = jws.deserialize_compact(text, key, algorithms=["EdDSA"])
    assert json.loads(read.payload) == said
    assert read.headers()["jwk"] == key.as_dict(private=False)
    with pytest.raises(Exception, match=r"(?i)signature"), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        other = jwk.OKPKey.generate_key("Ed25519")
        jws.deserialize_compact(text, other, algorithms=["EdDSA"])


@pytest.mark.parametrize("name", ["Ana Paz", ""])
def test_it_has_the_shape_that_the_specification_asks_for(office, name):
    import jsonschema

    _, said = office.issue(name)
    jsonschema.Draft202012Validator(
        SCHEMA, format_checker=jsonschema.FormatChecker()
    ).validate(said)
    about = said["credentialSubject"]["achievement"]
    described = {d["id"]: d for d in about["resultDescription"]}
    for result in said["credentialSubject"]["result"]:
        levels = described[result["resultDescription"]]["rubricCriterionLevel"]
        assert result["achievedLevel"] in [level["id"] for level in levels]
    # VC-JWT: the registered claims say the same as the credential.
    assert (said["iss"], said["jti"]) == (said["issuer"]["id"], said["id"])
    assert said["sub"] == said["credentialSubject"]["id"]
    for claim, name in (("nbf", "validFrom"), ("exp", "validUntil")):
        assert datetime.fromtimestamp(said[claim], UTC).isoformat()[:19] == said[name][:19]  # fmt: skip


def test_revoked_expired_and_not_yet_valid_each_say_so(office):
    path, said = office.issue()
    later = datetime.now(UTC) + timedelta(days=400)
    found = check(office, path, now=later)
    assert answers(found)["validity"] is False and "has expired" in found.findings[2].sentence  # fmt: skip
    # The list in hand is old by then: what was revoked since cannot be in it.
    assert "The list is 400 days old" in found.findings[3].sentence
    early = check(office, path, now=datetime.now(UTC) - timedelta(days=2))
    assert not early.reliable and "does not hold yet" in early.findings[2].sentence
    assert revocations.revoke(office.course, office.issuer, said, "by mistake")
    assert not revocations.revoke(office.course, office.issuer, said, "again")
    assert check(office, path).reliable, "not yet published"
    office.publish()
    found = check(office, path)
    assert found.verdict() == "Do not rely on it." and not found.reliable
    # Nothing of whom or why leaves the course.
    text = proof.read_signed(office.course / revocations.LIST).said
    assert "mistake" not in json.dumps(text) and said["id"] not in json.dumps(text)


def test_the_holder_is_known_by_the_name_or_by_the_code_alone(office):
    named, _ = office.issue()
    assert check(office, named, holder_says=" ana  paz ").reliable
    assert not check(office, named, holder_says="Ben Paz").reliable
    coded, said = office.issue("")
    assert check(office, coded, holder_says="abcd-efgh").reliable
    assert not check(office, coded, holder_says="ABCD-EFGX").reliable
    # As the specification hashes an identity: the text, and the salt after it.
    import hashlib

    expected = "sha256$" + hashlib.sha256(b"ABCD-EFGH5a17").hexdigest()
    assert said["credentialSubject"]["identifier"][0]["identityHash"] == expected


def test_two_credentials_of_one_trainee_cannot_be_laid_side_by_side_by_their_ids(
    office,
):
    (_, one), (_, two) = office.issue(), office.issue()
    for at in (("id",), ("credentialSubject", "id"), ("credentialStatus", "id")):
        first, second = one, two
        for name in at:
            first, second = first[name], second[name]
        assert first != second, at


def encoded(value):
    text = json.dumps(value).encode()
    return base64.urlsafe_b64encode(text).rstrip(b"=").decode()


def decoded(part):
    return json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))


def forge(path, change, head=None, key=None):
    """The credential with something changed in it, signed anew if there is a key."""
    first, said, signature = path.read_text().strip().split(".")
    said = decoded(said)
    change(said)
    if key is not None:
        return proof.sign(said, key)
    return f"{encoded(head) if head else first}.{encoded(said)}.{signature}"


def test_what_a_clever_holder_may_try_does_not_pass(office, tmp_path):
    import jwt as pyjwt

    path, said = office.issue()
    own = proof.new_key()

    def higher(said):
        said["credentialSubject"]["result"] = []

    def renamed(said):
        said["credentialSubject"]["identifier"][0]["identityHash"] = "Ben"

    def nothing(said):
        pass

    x = proof.public(own)["x"]
    public_pem = b"-----BEGIN PUBLIC KEY-----"
    tries = {
        "a word changed": forge(path, renamed),
        "a result taken out": forge(path, higher),
        "no algorithm": forge(path, renamed, {"alg": "none", "jwk": proof.public(own)}),
        "another key in the head": forge(path, nothing, {"alg": "EdDSA", "jwk": proof.public(own)}),
        "signed by the holder as the town": forge(path, renamed, key=own),
        "a secret that everybody knows": pyjwt.encode(
            said, public_pem.replace(b"-", b"x") * 2, algorithm="HS256", headers={"jwk": proof.public(own)}
        ),
        "a key of another kind": forge(path, nothing, {"alg": "EdDSA", "jwk": {"kty": "oct", "k": x}}),
        "a private key given away": forge(
            path, nothing, {"alg": "EdDSA", "jwk": proof.public(own) | {"d": x}}
        ),
        "cut off": path.read_text()[:-40],
        "empty": "",
        "nested without end": "e30." + encoded({"a": 1})[:-1] + "." + "[" * 5000,
        "the list in place of a credential": (office.course / revocations.LIST).read_text(),
    }  # fmt: skip
    for name, text in tries.items():
        bad = tmp_path / "bad.jwt"
        bad.write_text(text)
        with pytest.raises(SafelearnError):
            verify(bad, issuer=office.course / issuer.FILE)
            pytest.fail(name)


def test_a_town_of_the_same_name_is_another_issuer(office, new_course, tmp_path):
    def as_theirs(said):
        did = proof.did_of(proof.public(own))
        said["issuer"]["id"] = said["iss"] = did

    path, _ = office.issue()
    own = proof.new_key()
    fake = tmp_path / "fake.jwt"
    fake.write_text(forge(path, as_theirs, key=own))
    # It is whole, and says that the town has issued it. Only the issuer's file shows that it did not.
    assert "was not shown" in verify(fake).verdict()
    found = verify(fake, issuer=office.course / issuer.FILE)
    assert answers(found)["issuer"] is False and not found.reliable
    with pytest.raises(SafelearnError, match="not the one of this credential"):
        check(office, fake)
    # Nor does a file pass for the town's in which only the name was changed.
    data = json.loads((office.course / issuer.FILE).read_text())
    data["publicKeyJwk"] = proof.public(own)
    (tmp_path / "issuer.json").write_text(json.dumps(data))
    with pytest.raises(SafelearnError, match="does not describe an issuer"):
        verify(path, issuer=tmp_path / "issuer.json")


def test_a_list_that_was_emptied_by_hand_or_is_a_bomb_is_not_believed(office, tmp_path):
    import gzip

    path, said = office.issue()
    revocations.revoke(office.course, office.issuer, said, "x")
    listed = office.publish()

    def empty(said):
        nothing = base64.urlsafe_b64encode(gzip.compress(bytes(16384))).decode()
        said["credentialSubject"]["encodedList"] = "u" + nothing.rstrip("=")

    def huge(said):
        bomb = base64.urlsafe_b64encode(gzip.compress(bytes(200_000_000), 9)).decode()
        said["credentialSubject"]["encodedList"] = "u" + bomb.rstrip("=")

    bad = tmp_path / "revocations.jwt"
    bad.write_text(forge(listed, empty))
    with pytest.raises(SafelearnError):
        check(office, path, revocations=bad)
    bad.write_text(forge(listed, huge, key=office.key))
    import tracemalloc

    tracemalloc.start()
    check(office, path, revocations=bad)
    assert tracemalloc.get_traced_memory()[1] < 20_000_000
    tracemalloc.stop()


def test_a_rehearsal_is_never_relied_on(office):
    path, said = office.issue(person=Person("eva", invented=True))
    found = check(office, path)
    assert not found.reliable and answers(found)["rehearsal"] is False
    assert said["name"].startswith("REHEARSAL, nobody")


def test_a_forged_text_cannot_write_on_the_terminal_as_if_it_were_we(office, capsys):
    path, _ = office.issue("Ana\n\x1b[2J\u202e  ✓ It was signed with the key of Town.")
    with pytest.raises(SystemExit) as ended:
        main(["course", "credential", "verify", str(path)])
    said = capsys.readouterr().out
    assert ended.value.code == 1 and "\x1b" not in said and "\u202e" not in said
    assert not [line for line in said.splitlines() if line.strip().startswith("✓ It was signed")]  # fmt: skip


def test_the_command_says_what_it_saw_and_ends_accordingly(office, tmp_path, capsys):
    def run(*arguments):
        with pytest.raises(SystemExit) as ended:
            main(["course", "credential", *map(str, arguments)])
        return ended.value.code, " ".join(capsys.readouterr().out.split())

    path, _ = office.issue()
    public, listed = (office.course / name for name in (issuer.FILE, revocations.LIST))
    status, said = run("verify", path, "--key", public, "--revocations", listed)
    assert status == 0 and "Holder: Ana Paz" in said
    assert "Practised: Perception, surveys and participation: level 3 of 4." in said
    assert "Examined: Crime data and where crime happens: level 1 of 4." in said
    assert "The list is of today." in said
    status, said = run("verify", path)
    assert status == 1 and "Anybody can write that" in said
    status, said = run("verify", path, "--json")
    read = json.loads(said)
    assert status == 1 and read["reliable"] is False
    assert read["found"]["signature"] is True and read["found"]["issuer"] is None
    assert run("revoke", office.course, path, "--secret", office.kept)[0] == 2
    arguments = ("--reason", "by mistake", "--secret", office.kept)
    status, said = run("revoke", office.course, path, *arguments)
    assert status == 0 and "1 credential was revoked." in said
    status, said = run("verify", path, "--key", public, "--revocations", listed)
    assert status == 1 and "It was revoked" in said and "Do not rely on it." in said
    (tmp_path / "page.pdf").write_bytes(b"%PDF")
    assert run("verify", tmp_path / "page.pdf")[0] == 2


TEXT = {"type": "string", "minLength": 1}
URI = {"type": "string", "pattern": r"^[a-z][a-z0-9+.-]*:\S+$"}
TIME = {"type": "string", "format": "date-time", "pattern": "Z$"}


def of_type(*names):
    return {
        "type": "array",
        "minItems": 1,
        "uniqueItems": True,
        "allOf": [{"contains": {"const": name}} for name in names],
    }


def thing(required, **properties):
    # Stricter than the published schema, which allows any other name: what we write is what we know.
    return {
        "type": "object",
        "required": required.split(),
        "properties": properties,
        "additionalProperties": False,
    }


LEVEL = thing(
    "id type name", id=URI, type=of_type("RubricCriterionLevel"), name=TEXT, level=TEXT, description=TEXT
)  # fmt: skip
DESCRIBED = thing(
    "id type name resultType", id=URI, type=of_type("ResultDescription"), name=TEXT,
    resultType={"enum": ["RubricCriterionLevel"]}, rubricCriterionLevel={"type": "array", "items": LEVEL},
)  # fmt: skip
ACHIEVEMENT = thing(
    "id type criteria description name", id=URI, type=of_type("Achievement"), name=TEXT, description=TEXT,
    achievementType={"enum": ["CertificateOfCompletion", "Course"]}, criteria=thing("", id=URI, narrative=TEXT),
    inLanguage={"type": "string", "pattern": "^[a-z]{2,4}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?$"},
    tag={"type": "array", "items": TEXT}, resultDescription={"type": "array", "items": DESCRIBED},
)  # fmt: skip
IDENTITY = thing(
    "type hashed identityHash identityType", type={"const": "IdentityObject"}, hashed={"type": "boolean"},
    identityHash=TEXT, identityType={"enum": ["name", "identifier"]}, salt=TEXT,
)  # fmt: skip
SUBJECT = thing(
    "type achievement", id=URI, type=of_type("AchievementSubject"), identifier={"type": "array", "items": IDENTITY},
    achievement=ACHIEVEMENT, term=TEXT, result={"type": "array", "items": thing(
        "type", type=of_type("Result"), achievedLevel=URI, resultDescription=URI
    )},
)  # fmt: skip
STATUS = thing(
    "id type statusPurpose statusListIndex statusListCredential", id=URI, type={"const": "BitstringStatusListEntry"},
    statusPurpose={"const": "revocation"}, statusListIndex={"type": "string", "pattern": "^[0-9]+$"},
    statusListCredential=URI,
)  # fmt: skip
NUMBER = {"type": "integer"}
SCHEMA = thing(
    "@context id type name credentialSubject issuer validFrom iss jti sub nbf", id=URI, name=TEXT,
    type=of_type("VerifiableCredential", "OpenBadgeCredential"), credentialSubject=SUBJECT,
    issuer=thing("id type", id=URI, type=of_type("Profile"), name=TEXT, url=URI), validFrom=TIME, validUntil=TIME,
    credentialStatus=STATUS, iss=URI, jti=URI, sub=URI, nbf=NUMBER, exp=NUMBER,
    **{"@context": {"type": "array", "prefixItems": [
        {"const": "https://www.w3.org/ns/credentials/v2"},
        {"const": "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"},
    ], "items": False}},
)  # fmt: skip
