"""Yes or no, in many words. "Yes and no" and "no idea" are neither; leave is given by a plain yes only."""

from itertools import pairwise

from service.domain.question import Effect, Question
from service.reading.answers.meant import Meant
from service.reading.answers.reservations import asks
from service.reading.circumstances import Circumstances
from service.reading.confidence import CERTAIN, CLEAR
from service.reading.tables import phrases, table
from service.reading.words import Word, words_of

LEAVES = frozenset({Effect.CONFIRM, Effect.PASS_ON, Effect.APPROVAL})
"""Who is asked for leave may say "no problem"; to a fact that says nothing."""

YES = table(
    """
    y yes yep yeah yup yess sure absolutely definitely certainly indeed ok okay agreed affirmative
    true correct right ja jawohl jep jepp jo oui ouais sí si sim sì tak ano áno kyllä joo igen да так evet
    はい 是 是的 对 好 네 예 da ναι כן نعم vâng có 👍 ✅ ✔ ✓ ☑ 💯
    """
)
NO = table(
    """
    n no nope nah never negative false nein nö non não nao nee nej nei nie ne ei en nem нет ні hayır
    いいえ 不 否 不是 没有 아니요 아니오 nu όχι לא لا không 👎 ❌ ✗ ✘ 🚫
    """
)
ELSEWHERE = {
    "no": table("pl cs sk"),
    "tak": table("da nb nn no sv"),
    "da": table("de nl"),
    "nu": table("sv da nb nl"),
    "en": table("en es fr nl sv da nb de pt"),
    "ei": table("de nl"),
    "ano": table("es pt"),
}
"""Languages in which a word of these tables means something else."""

LEADS = table(
    """
    oh well hm hmm um uh ah aw haha alas sadly unfortunately sorry actually honestly leider tja ach
    malheureusement désolé désolée lamentablemente desgraciadamente purtroppo helaas desværre tyvärr
    niestety eh
    """
)
"""Words in front of an answer that leave it as it is; in some languages "no" is one of them."""

YES_PHRASES = phrases(
    """
    of course|very much so|you bet|yes please|we have|i have|we did|i did|i was|we were|natürlich|klar|sicher
    |selbstverständlich|bien sûr|claro|por supuesto|desde luego|certo|certamente|oczywiście|selvfølgelig
    |självklart|natuurlijk|com certeza
    """
)
LEAVE_PHRASES = phrases(
    """
    no problem|no problems|no problem at all|not a problem|no worries|no objection|no objections
    |no doubt about it yes|why not|go ahead|go for it|do it|please do|by all means|fine|fine with me
    |fine by me|that is fine|that s fine|works for me|with pleasure|gladly|i don t mind|don t mind
    |i do not mind|kein problem|kein thema|gerne|gern|sehr gerne|einverstanden|in ordnung|meinetwegen
    |warum nicht|pas de problème|pas de souci|d accord|avec plaisir|volontiers|pourquoi pas|de acuerdo|vale
    |confirm|confirmed|i confirm|agree|i agree|sounds good|would be great|that would be great
    |that would be nice|i d like that|i would like that|i have no objection|i have no objections
    |con gusto|sin problema|adelante|por qué no|va bene|volentieri|nessun problema|prima|geen probleem
    |inga problem|gärna|gerne det|intet problem|ingen problem|nie ma problemu|z przyjemnością|proszę
    """
)
_STRONG = phrases(
    """
    absolutely|definitely|certainly|surely|of course|natürlich|selbstverständlich|klar|sicher|bestimmt
    |bien sûr|bien sûr que|certainement|claro|claro que|por supuesto|por supuesto que|desde luego que
    |certo che|certamente|selvfølgelig|självklart|natuurlijk|oczywiście|oczywiście że|i m afraid|i am afraid
    |afraid|i d rather|i would rather|rather|better|preferably|still|lieber|besser|plutôt|mejor|please
    |bitte|hoffentlich
    """
)
_NOT = phrases("not|no|nicht|non|pas|ikke|inte|niet|nie|não|don t|do not|n t")
_STRONGLY_NOT = tuple(f"{strong} {no}" for strong in _STRONG for no in _NOT)
PLAIN_PHRASES = (*LEAVE_PHRASES, *_STRONGLY_NOT)
"""To who asks for leave they are a plain yes or no, as single words are."""
NO_PHRASES = (
    *_STRONGLY_NOT,
    *phrases(
        """
        haven t had|haven t been|haven t yet|haven t managed|have not had|have not been
        |not yet|not really|not at all|not this|not now|not right now|not so far|not today|not since
        |no way|by no means|no thanks|no thank you|i have not|we have not|i haven|we haven|i did not|i didn
        |we did not|we didn|do not|don t|noch nicht|auf keinen fall|auf gar keinen fall|keinesfalls
        |leider nein|bloß nicht|lieber nicht|pas encore|pas du tout|surtout pas|jamais de la vie|todavía no
        |aún no|de ninguna manera|en absoluto|ainda não|non ancora|assolutamente no|nog niet|inte än
        |absolut inte|ikke endnu|jeszcze nie|w żadnym razie
        """
    ),
)
NEITHER = phrases(
    """
    n a|no idea|no doubt|no clue|no comment|no opinion|no matter|not sure|sure not|yes and no|yes no|no yes
    |yes or no
    |no and yes|ja und nein|oui et non|sí y no|sì e no|no sé|right now|right after|never mind|no hay
    |no me importa|no importa|si no
    """
)
AFTER_NO = table(
    """
    i we he she it they you not sorry thanks thank thx never but because since as sir way please do don
    sadly unfortunately though next this last no nope too just only still yet and never need
    """
)
"""What may go on behind a bare "no"; with any other word "no" belongs to it: "no objections"."""
RESERVES = table(
    """
    but if unless except only without however though although provided instead first maybe perhaps when
    after before later until once wait hold leave omit remove change nach später erst après plus después tarde
    aber wenn falls außer nur ohne erst vielleicht mais sauf sans seulement pero excepto sin solo sólo
    ma però senza men hvis om kun bara maar als alleen ale jeśli tylko
    """
)
_AGAINST_YES = table("no nope nein non not nicht pas ikke inte niet nie não never")
_AGAINST_NO = table("yes yeah yep ja oui sí sì tak")
_UNSURE = table("ish kinda kind sorta sort almost nearly maybe perhaps vielleicht peut quizás tal")
AFTER_LEAVE = table("please with for from at then now and here on all me thanks whatsoever if but und et y")
"""Words that may stand right behind leave and leave it whole; "why not wait" is none."""
_CLAUSE_ENDS = frozenset(",.;:!?\n()–—")
_ALL_OF_IT = table("that it this me us everything all")
_MARKS = "👍✅✔✓☑💯👎❌✗✘🚫"
_NO_IS_NOT = table("es it ca")
"""Languages whose "no" is a "not" as well."""


def read(words: str, question: Question, circumstances: Circumstances) -> Meant | None:
    """True or False; None where the words do not begin with either."""
    bare = words.strip()[:400]
    language = circumstances.locale.partition("-")[0].lower()
    said = _said(bare, language)
    tokens = [word.normal for word in said] or [mark for mark in bare if mark in _MARKS][:1]
    leave = question.effect in LEAVES
    if not tokens or (asks(bare) and tokens[:2] not in (["why", "not"], ["warum", "nicht"])):
        return None
    clause = _first_clause(bare, said)
    found = _verdict(tokens, clause, language, leave)
    if found is None:
        return None
    verdict, length = found
    length += _led_by(tokens[length:], LEAVE_PHRASES) if leave and verdict else 0  # "sure, why not"
    if _contradicts(verdict, [_known(token, language) for token in tokens[length:]], leave):
        return None
    sure = len(tokens) == 1 or (leave and _led_by(tokens, PLAIN_PHRASES) == len(tokens))
    return Meant(verdict, CERTAIN if sure else CLEAR)


def _said(bare: str, language: str) -> list[Word]:
    """The words behind what only leads to an answer."""
    words = words_of(bare)
    at = 0
    while at < len(words) - 1 and _only_leads(words[at].normal, language):
        at += 1
    return words[at:]


def _only_leads(word: str, language: str) -> bool:
    return word in LEADS or (word == "no" and language in ELSEWHERE["no"])


def _first_clause(bare: str, said: list[Word]) -> int:
    """How many words stand in front of the first comma or stop."""
    gaps = (bare[word.end : after.start] for word, after in pairwise(said))
    return next((at for at, gap in enumerate(gaps, start=1) if _ends_clause(gap)), len(said))


def _ends_clause(gap: str) -> bool:
    return not _CLAUSE_ENDS.isdisjoint(gap) or ("-" in gap and gap != "-")


def _verdict(tokens: list[str], clause: int, language: str, leave: bool) -> tuple[bool, int] | None:
    """Yes or no, and how many words say so. ``clause``: how many of the words belong together."""
    length = _led_by(tokens, LEAVE_PHRASES) if leave else 0
    if length and (clause <= length or tokens[length] in AFTER_LEAVE):
        return True, length
    if length := _led_by(tokens[:clause], NO_PHRASES):
        return False, length
    if _led_by(tokens, NEITHER) or _led_by(tokens[:1], ("why",)):
        return None
    first = _known(tokens[0], language)
    if first in YES and not (clause > 1 and first in ("si", "y")):  # in Spanish an "if" and an "and"
        return True, 1
    if first in NO:
        may_deny_a_noun = first == "no" and clause > 1 and language not in _NO_IS_NOT
        return None if may_deny_a_noun and tokens[1] not in AFTER_NO else (False, 1)
    length = _led_by(tokens[:clause], YES_PHRASES)
    return (True, length) if length else None


def _led_by(tokens: list[str], known: tuple[str, ...]) -> int:
    """How many words of the longest phrase ``tokens`` begin with."""
    said = " ".join(tokens[:8]) + " "
    return max((len(phrase.split()) for phrase in known if said.startswith(f"{phrase} ")), default=0)


def _known(token: str, language: str) -> str:
    """The word in its usual length ("yesss", "nooo"); "" where its language means something else by it."""
    if language in ELSEWHERE.get(token, ()):
        return ""
    if token in YES or token in NO or not token.isascii():
        return token
    return "".join(letter for at, letter in enumerate(token) if letter != token[at - 1 : at])


def _contradicts(verdict: bool, others: list[str], leave: bool) -> bool:
    """A "no" soon after "yes" takes it back, and so does "maybe". Leave with an "if" or a "but", or with a
    "no" anywhere, is no leave yet."""
    opposite = _AGAINST_YES if verdict else _AGAINST_NO
    if any(word in opposite or word in _UNSURE for word in others[: 3 if verdict else None]):
        return True
    return leave and (any(word in opposite for word in others) or (verdict and is_reserved(others)))


def is_reserved(others: list[str]) -> bool:
    """Whether words beside a yes make it a yes to something else: "if", "but", "with one change"."""
    limited = others[:1] == ["with"] and others[1:2] and others[1] not in _ALL_OF_IT
    return bool(limited) or any(word in RESERVES or word in _AGAINST_YES for word in others)
