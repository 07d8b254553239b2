"""The tables: districts, people, meetings, projects, matters with their record, ballots, questionnaires, accounts."""

from renda.model.account import AccountRow, HostAccountRow, TokenRow
from renda.model.ballot import BallotRow, BallotSubjectRow, ElectorRow, EnvelopeRow, PaperRow, RollRow
from renda.model.base import Base, DistrictBound, DistrictOwned
from renda.model.district import CalendarDay, ChainHead, District, HostValueRow, RuleFileRow
from renda.model.matter import EventRow, MatterPartyRow, MatterRow, NoticeRow, ScoreRow, SendingRow
from renda.model.meeting import AttendanceRow, MeetingRow
from renda.model.people import AppointmentRow, MandateRow, OrganRow, PersonRow
from renda.model.project import ProjectRow
from renda.model.questionnaire import QuestionnaireAnswerRow, QuestionnaireCodeRow, QuestionnaireRow
from renda.model.reminding import ContactRow, ReminderRow
from renda.model.row_change import RowChangeHeadRow, RowChangeRow
from renda.model.security import HostSecurityEntryRow, HostSecurityHeadRow, SecurityEntryRow, SecurityHeadRow
from renda.model.session import HostSessionRow, SessionRow

__all__ = [
    "AccountRow",
    "AppointmentRow",
    "AttendanceRow",
    "BallotRow",
    "BallotSubjectRow",
    "Base",
    "CalendarDay",
    "ChainHead",
    "ContactRow",
    "District",
    "DistrictBound",
    "DistrictOwned",
    "ElectorRow",
    "EnvelopeRow",
    "EventRow",
    "HostAccountRow",
    "HostSecurityEntryRow",
    "HostSecurityHeadRow",
    "HostSessionRow",
    "HostValueRow",
    "MandateRow",
    "MatterPartyRow",
    "MatterRow",
    "MeetingRow",
    "NoticeRow",
    "OrganRow",
    "PaperRow",
    "PersonRow",
    "ProjectRow",
    "QuestionnaireAnswerRow",
    "QuestionnaireCodeRow",
    "QuestionnaireRow",
    "ReminderRow",
    "RollRow",
    "RowChangeHeadRow",
    "RowChangeRow",
    "RuleFileRow",
    "ScoreRow",
    "SecurityEntryRow",
    "SecurityHeadRow",
    "SendingRow",
    "SessionRow",
    "TokenRow",
]
