"""The pages of the reading edition, by path: what the app shows, without what needs the app."""

from collections.abc import Callable, Iterator, Mapping
from itertools import combinations

from explorer.domain.catalogue import Catalogue
from explorer.domain.compare_url import NOW, OPTIONS, WHO
from explorer.domain.comparison import options_in
from explorer.domain.guide import Guide, guide
from explorer.domain.keeping import Keeping
from explorer.domain.names import medicine_named
from explorer.domain.profile import profile
from explorer.domain.source_register import register
from explorer.domain.who import Who
from explorer.export import guide_html, medicine_html, pages_html
from explorer.export.quiz_exchange.port import file_name, whole
from explorer.export.reading import change_pages, kept_page
from explorer.export.reading.comparison_page import comparison_page, each_condition, render
from explorer.export.reading.cuts import own_signs_only
from explorer.export.reading.model import NoSuchPage, Onward, ReadingPage, Target


class Edition:
    """Makes the pages. Nothing is kept here: a caller caches what it wants to.

    Args:
        catalogue: the content.
        about: returns the account of the site as HTML; it changes with the day.
        keeping: what the server keeps; None for pages that stand without one.
    """

    def __init__(
        self, catalogue: Catalogue, about: Callable[[], str], keeping: Keeping | None = None
    ) -> None:
        self._keeping = keeping
        self._catalogue = catalogue
        self._about = about
        self._words = catalogue.words
        self._guide: Guide = guide(catalogue)

    def page(self, path: str, parameters: Mapping[str, str] | None = None) -> ReadingPage:
        """Make a page.

        Args:
            path: such as ``medicine/anakinra``, without slashes at its ends.
            parameters: the address's parameters, for a comparison: options and age.

        Raises:
            NoSuchPage: there is none at this path.
        """
        name, _, rest = path.partition("/")
        makers: dict[str, Callable[[str], ReadingPage]] = {
            "medicine": self._medicine,
            "guide": self._section,
            "quiz": self._topic,
            "sources": self._sources_of,
            change_pages.PATH: lambda name: change_pages.changes_page(self._catalogue, name),
        }
        whole: dict[str, Callable[[], ReadingPage]] = {
            "": self._home,
            "compare": self._conditions,
            "medicine": self._medicines,
            "guide": self._whole_guide,
            "signs": self._signs,
            "quiz": self._topics,
            "glossary": self._glossary,
            "sources": self._sources,
            "about": self._account,
            change_pages.PATH: lambda: change_pages.changes_page(self._catalogue),
            kept_page.PATH: lambda: kept_page.kept_page(self._catalogue, self._keeping),
        }
        if not rest and name in whole:
            return whole[name]()
        if name == "compare":
            return comparison_page(self._catalogue, rest, parameters or {})
        if name in makers:
            return makers[name](rest)
        raise NoSuchPage(path, self._doors())

    def at(self, target: Target) -> ReadingPage:
        """Make the page of a place. Raises NoSuchPage."""
        parameters = {OPTIONS: ",".join(target.options)} if target.options else {}
        if target.who is not Who.ADULT:
            parameters[WHO] = target.who.value
        if target.now:
            parameters[NOW] = ",".join(target.now)
        return self.page(target.path, parameters)

    def targets(self) -> Iterator[Target]:
        """Yield every page: of comparisons, the preselection and each pair of options."""
        catalogue = self._catalogue
        for name in ("", "compare", "medicine", "guide", "signs", "quiz", "glossary", "sources"):
            yield Target(path=name)
        yield Target(path="about")
        yield Target(path=kept_page.PATH)
        yield from change_pages.change_targets(self._catalogue)
        for condition in catalogue.conditions:
            yield Target(path=f"compare/{condition.id}")
            offered = [item.id for item in options_in(catalogue, condition.id) if item.is_offered]
            for pair in combinations(offered, 2):
                yield Target(path=f"compare/{condition.id}", options=pair)
        for medicine in catalogue.published:
            yield Target(path=f"medicine/{medicine.id}")
            yield Target(path=f"sources/{medicine.id}")
        for section in self._guide.sections:
            yield Target(path=f"guide/{section.id}")
        for topic in catalogue.asked.topics:
            yield Target(path=f"quiz/{topic.id}")

    def _home(self) -> ReadingPage:
        words = self._words
        doors = self._doors()
        body = self._render("home", doors)
        return ReadingPage(
            target=Target(),
            title=words("home.title"),
            description=words("home.message"),
            body=body,
            app="",
        )

    def _doors(self) -> tuple[Onward, ...]:
        names = ("compare", "medicine", "guide", "signs", "quiz", "glossary", "sources", "about")
        return tuple(
            Onward(self._words(f"read.{name}"), Target(path=name))
            for name in names
            if name != "quiz" or self._catalogue.bank.questions
        )

    def _conditions(self) -> ReadingPage:
        words = self._words
        offered = each_condition(self._catalogue)
        return ReadingPage(
            target=Target(path="compare"),
            title=words("compare.title"),
            description=words("read.compare-text"),
            body=self._render("listed", words("read.compare-text"), offered),
            app="compare",
        )

    def glance(self, condition: str, parameters: Mapping[str, str]) -> ReadingPage:
        """Make the part of a comparison that is seen without a press. Raises NoSuchPage."""
        return comparison_page(self._catalogue, condition, parameters, is_glance=True)

    def start_of_medicine(self, medicine: str) -> ReadingPage:
        """Make the start of a medicine's page: names, the mistake, signs. Raises NoSuchPage."""
        return self._medicine(medicine, parts=("top", "first"))

    def contents_of_guide(self) -> ReadingPage:
        """Make the guide's contents, each section behind a link to the edition."""
        words = self._words
        sections = tuple(
            Onward(item.question, Target(path=f"guide/{item.id}")) for item in self._guide.sections
        )
        return ReadingPage(
            target=Target(path="guide"),
            title=words("guide.title"),
            description=words("guide.intro"),
            body=self._render("listed", words("guide.intro"), sections),
            app="guide",
        )

    def opening(self, name: str) -> ReadingPage:
        """Make the name of a page that only the app has, and a line that it opens."""
        words = self._words
        return ReadingPage(
            target=Target(),
            title=words(f"nav.{name}"),
            description=words(f"read.app-{name}"),
            body=self._render("intro", words("read.opening")),
            app=name,
        )

    def _medicines(self) -> ReadingPage:
        words = self._words
        offered = self._each_medicine("medicine")
        return ReadingPage(
            target=Target(path="medicine"),
            title=words("medicine.title"),
            description=words("medicine.intro"),
            body=self._render("listed", words("medicine.intro"), offered),
            app="medicine",
        )

    def _medicine(self, medicine: str, parts: tuple[str, ...] = ()) -> ReadingPage:
        words = self._words
        meant = medicine_named(self._catalogue, medicine)
        if meant is None:
            raise NoSuchPage(f"medicine/{medicine}", self._each_medicine("medicine"))
        medicine = meant.id
        found = profile(self._catalogue, medicine)
        title = self._catalogue.medicine(medicine).heading
        pieces = medicine_html.pieces(found, self._catalogue)
        return ReadingPage(
            target=Target(path=f"medicine/{medicine}"),
            title=title,
            description=words("read.medicine-text", title=title),
            body="".join(text for name, text in pieces.items() if not parts or name in parts),
            app=f"medicine?{OPTIONS}={medicine}",
            onward=Onward(words("read.compare"), Target(path="compare")),
        )

    def _whole_guide(self) -> ReadingPage:
        words = self._words
        parts = guide_html.pieces(self._guide, self._catalogue, linked=True)
        first = self._guide.sections[0]
        signs = (Onward(words("read.signs"), Target(path="signs")),)
        return ReadingPage(
            target=Target(path="guide"),
            title=words("guide.title"),
            description=words("guide.intro"),
            body=self._render("intro", words("guide.intro"))
            + own_signs_only("".join(parts.values()), self._render("onward", signs)),
            app="guide",
            onward=Onward(first.question, Target(path=f"guide/{first.id}")),
        )

    def _section(self, section: str) -> ReadingPage:
        sections = self._guide.sections
        place = next((n for n, item in enumerate(sections) if item.id == section), None)
        if place is None:
            offered = tuple(
                Onward(item.question, Target(path=f"guide/{item.id}")) for item in sections
            )
            raise NoSuchPage(f"guide/{section}", offered)
        found = sections[place]
        after = sections[place + 1] if place + 1 < len(sections) else None
        return ReadingPage(
            target=Target(path=f"guide/{section}"),
            title=found.question,
            description=found.summary.text,
            heading=self._words("guide.title"),
            body=guide_html.one_section(self._guide, found, self._catalogue),
            app=f"guide#{section}",
            onward=(
                Onward(after.question, Target(path=f"guide/{after.id}"))
                if after is not None
                else Onward(self._words("read.guide"), Target(path="guide"))
            ),
        )

    def _signs(self) -> ReadingPage:
        words = self._words
        return ReadingPage(
            target=Target(path="signs"),
            title=words("flags.title"),
            description=words("read.signs-text"),
            body=guide_html.signs(self._guide, self._catalogue),
            app="guide#warning-signs",
            onward=Onward(words("read.guide"), Target(path="guide")),
        )

    def _topics(self) -> ReadingPage:
        words = self._words
        offered = self._each_topic()
        return ReadingPage(
            target=Target(path="quiz"),
            title=words("nav.quiz"),
            description=words("read.quiz-text"),
            body=self._render("listed", words("read.quiz-text"), offered)
            + self._render("files", self._files_of_questions()),
            app="quiz",
        )

    def _files_of_questions(self) -> list[tuple[str, str, tuple[str, ...]]]:
        """Return each file for other systems: its name, its format, and what it cannot hold."""
        words = self._words
        return [
            (file_name(item.target), words(f"exchange.format-{item.target}"), item.told)
            for item in whole(self._catalogue, "")
            if self._catalogue.bank.questions
        ]

    def _topic(self, topic: str) -> ReadingPage:
        words = self._words
        found = next((item for item in self._catalogue.asked.topics if item.id == topic), None)
        if found is None:
            raise NoSuchPage(f"quiz/{topic}", self._each_topic())
        mark = ""
        if found in self._catalogue.local.topics:
            mark = self._render("intro", words("local.mark"))
        return ReadingPage(
            target=Target(path=f"quiz/{topic}"),
            title=found.title,
            description=words("read.quiz-text"),
            body=mark + self._render("questions", found, self._catalogue),
            app="quiz",
            onward=Onward(words("read.quiz"), Target(path="quiz")),
        )

    def _glossary(self) -> ReadingPage:
        words = self._words
        return ReadingPage(
            target=Target(path="glossary"),
            title=words("glossary.title"),
            description=words("glossary.intro"),
            body=self._render("intro", words("glossary.intro"))
            + pages_html.glossary(self._catalogue),
            app="glossary",
        )

    def _sources(self) -> ReadingPage:
        words = self._words
        offered = self._each_medicine("sources")
        return ReadingPage(
            target=Target(path="sources"),
            title=words("sources.title"),
            description=words("sources.intro"),
            body=self._render("listed", words("sources.intro"), offered)
            + pages_html.labels(self._catalogue),
            app="sources",
        )

    def _sources_of(self, medicine: str) -> ReadingPage:
        words = self._words
        if medicine not in {item.id for item in self._catalogue.published}:
            raise NoSuchPage(f"sources/{medicine}", self._each_medicine("sources"))
        title = self._catalogue.medicine(medicine).heading
        found = register(self._catalogue, medicine=medicine)
        return ReadingPage(
            target=Target(path=f"sources/{medicine}"),
            title=words("read.sources-of", title=title),
            description=words("read.sources-text", title=title),
            body=pages_html.sources(found, self._catalogue),
            app="sources",
            onward=Onward(title, Target(path=f"medicine/{medicine}")),
        )

    def _account(self) -> ReadingPage:
        words = self._words
        return ReadingPage(
            target=Target(path="about"),
            title=words("about.title"),
            description=words("about.intro"),
            body=self._render("intro", words("about.intro")) + self._about(),
            app="about",
        )

    def _each_medicine(self, folder: str) -> tuple[Onward, ...]:
        return tuple(
            Onward(item.heading, Target(path=f"{folder}/{item.id}"))
            for item in self._catalogue.published
        )

    def _each_topic(self) -> tuple[Onward, ...]:
        topics = sorted(self._catalogue.asked.topics, key=lambda topic: topic.order)
        return tuple(Onward(item.title, Target(path=f"quiz/{item.id}")) for item in topics)

    def _render(self, macro: str, *values: object) -> str:
        return render(self._catalogue, macro, *values)
