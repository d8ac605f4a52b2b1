"""Made-up text that behaves like text: 40,000 words a language, drawn by Zipf's law, the field's own words on top."""

from dataclasses import dataclass
from functools import cache
from random import Random

VOCABULARY = 40_000
POOL = 400_000  # places a language's words are spread over, the frequent ones on many: drawing a place needs no search
LANGUAGES = ("en", "fr", "es", "pt", "ar")
LANGUAGE_WEIGHTS = (62, 12, 12, 8, 6)

STOP = {
    "en": "the of and to in a for is on that by with as are from at this be an or its which was were it",
    "fr": "de la le et les des en un du une que est pour qui dans par plus sur au avec ce il sont se aux",
    "es": "de la que el en y a los del se las por un para con no una su al lo como más o pero sus",
    "pt": "de a o que e do da em um para com não uma os no se na por mais as dos como mas ao das",
    "ar": "في من على إلى أن التي عن مع هذا هذه كان بين ذلك بعد كما أو قد ما لا ثم كل حول خلال عند حتى",
}
FIELD = {
    "en": "social protection programme cash transfer pension poverty households children income coverage policy benefits "
    "insurance workers government support health system country food labour public assistance women targeting "
    "beneficiaries evaluation disability schemes unemployment security payments reform vulnerable rural informal",
    "fr": "protection sociale programme transfert monétaire pension pauvreté ménages enfants revenu couverture politique "
    "prestations assurance travailleurs gouvernement santé système pays alimentaire emploi assistance femmes ciblage "
    "bénéficiaires évaluation handicap régimes chômage sécurité paiements réforme vulnérables rural informel",
    "es": "protección social programa transferencia monetaria pensión pobreza hogares niños ingreso cobertura política "
    "prestaciones seguro trabajadores gobierno salud sistema país alimentaria empleo asistencia mujeres focalización "
    "beneficiarios evaluación discapacidad regímenes desempleo seguridad pagos reforma vulnerables rural informal",
    "pt": "proteção social programa transferência renda pensão pobreza famílias crianças cobertura política benefícios "
    "seguro trabalhadores governo saúde sistema país alimentar emprego assistência mulheres focalização beneficiários "
    "avaliação deficiência regimes desemprego segurança pagamentos reforma vulneráveis rural informal",
    "ar": "الحماية الاجتماعية برنامج التحويلات النقدية معاش الفقر الأسر الأطفال الدخل التغطية السياسة المزايا التأمين "
    "العمال الحكومة الصحة النظام البلد الغذاء العمل المساعدة النساء الاستهداف المستفيدين التقييم الإعاقة البطالة الأمن "
    "المدفوعات الإصلاح الضعفاء الريف غير الرسمي",
}
ONSETS = {
    "en": "b bl br c ch cl d dr f fl g gr h j k l m n p pl pr r s sh st str t th tr v w",
    "fr": "b bl c ch d dr f fr g gl j l m n p pl pr qu r s t tr v",
    "es": "b br c cr d f fl g gr j l ll m n ñ p pl pr qu r rr s t tr v",
    "pt": "b br c cr d f fr g j l lh m n nh p pr qu r s t tr v x",
    "ar": "ب ت ج ح خ د ر ز س ش ص ط ع غ ف ق ك ل م ن ه",
}
VOWELS = {
    "en": "a e i o u ea ou ai",
    "fr": "a e é i o u ou ai eau",
    "es": "a e i o u ie ue ía",
    "pt": "a e i o u ão ei ou",
    "ar": "ا ي و",
}
ENDINGS = {
    "en": "ing ed s tion ment ly er ness al ive",
    "fr": "tion ment eur euse ique s er é ité ance",
    "es": "ción mente dor dad ico ica s ar ado encia",
    "pt": "ção mente dor dade ico ica s ar ado ência",
    "ar": "ة ات ين ون ية",
}


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The words of one language, each as often as it is likely; those of titles lead with the field's own."""

    words: list[str]
    title_words: list[str]

    def title(self, random, count):
        text = " ".join(random.choices(self.title_words, k=count))
        return text[0].upper() + text[1:]

    def sentences(self, random, count):
        """`count` words in sentences of 8 to 24."""
        words = random.choices(self.words, k=count)
        parts, start = [], 0
        while start < count:
            length = random.randint(8, 24)
            sentence = " ".join(words[start : start + length])
            parts.append(sentence[0].upper() + sentence[1:] + ".")
            start += length
        return " ".join(parts)


@cache
def make_lexicon(language, seed):
    """The vocabulary of a language: the same for the same seed."""
    random = Random(f"{seed}:words:{language}")  # noqa: S311
    stop = STOP[language].split()
    words = dict.fromkeys([*stop, *FIELD[language].split()])
    onsets, vowels, endings = (table[language].split() for table in (ONSETS, VOWELS, ENDINGS))
    while len(words) < VOCABULARY:
        syllables = random.choices((1, 2, 3, 4), weights=(1, 8, 6, 2))[0]
        stem = "".join(random.choice(onsets) + random.choice(vowels) for _ in range(syllables))
        words[stem + random.choice(endings) if random.random() < 0.4 else stem + random.choice(onsets)] = None
    words = list(words)
    return Lexicon(by_frequency(words), by_frequency(words[len(stop) :], first=len(stop)))


def by_frequency(words, first=0):
    """The words, each as often as Zipf's law lets a word of its rank appear among POOL, but at least once."""
    weights = [1 / (rank + 2.7) for rank in range(first + 1, first + len(words) + 1)]
    total = sum(weights)
    return [
        word
        for word, weight in zip(words, weights, strict=True)
        for _time in range(max(1, round(POOL * weight / total)))
    ]


@cache
def make_names(seed, count=4000):
    """(family name, given name) pairs for contributors."""
    random = Random(f"{seed}:names")  # noqa: S311
    onsets, vowels = ONSETS["en"].split(), "aeiou"

    def name(syllables):
        return "".join(random.choice(onsets) + random.choice(vowels) for _ in range(syllables)).capitalize()

    return [(name(random.randint(2, 3)) + random.choice("nrsl"), name(2)) for _ in range(count)]
