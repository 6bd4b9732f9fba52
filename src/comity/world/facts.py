"""The names of the facts that this room sets, in one place.

They are those of `instruments/vocabulary.md`; when a name changes there, it changes here only.
"""

from __future__ import annotations

from enum import StrEnum


class Fact(StrEnum):
    """A fact of the vocabulary about which a record or an assumption says something."""

    HOST = "host"
    NATIONALITY = "nationality"
    ORIGIN_STATE = "origin1.state"
    ORIGIN_DEGREE = "origin1.degree"
    ORIGIN_IMMEDIACY = "origin1.immediacy"
    ORIGIN_LIKELIHOOD = "origin1.likelihood"
    ORIGIN_GROUND = "origin1.ground"
    ORIGIN_PROTECTS = "origin1.protects"
    ORIGIN_ALTERNATIVE = "origin1.alternative"
    ORIGIN_IN_EUROPE = "origin1.in_europe"
    ORIGIN_ASSURED = "origin1.assured"
    SECOND_ORIGIN = "origin2.exists"
    ONWARD = "onward.exists"
    DESTINATION_IS_ORIGIN = "destination.is_origin"
    OUTSIDE_ORIGIN = "outside_origin"
    ATTACHMENT = "attachment"
    CLAIMS = "claims"
    PROCEDURE_FINAL = "procedure.final"
    EXCLUDED = "conduct.excluded"
    SECURITY_DANGER = "conduct.security_danger"
    CONVICTED = "conduct.convicted"
    COMMUNITY_DANGER = "conduct.community_danger"
    THREAT = "conduct.threat"
    AGENCY = "agency"
    NATIONAL_RIGHTS = "national_rights"
    EARLIER_REFUGEE = "earlier_refugee"
    REAVAILED = "cessation.reavailed"
    NEW_NATIONALITY = "cessation.new_nationality"
    REESTABLISHED = "cessation.reestablished"
    CHANGED = "cessation.changed"
    OWN_FRAUD = "removal.own_fraud"
    VOLUNTARY_RETURN = "return.voluntary"
