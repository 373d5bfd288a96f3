"""The made-up answers: near the published shares, the same each time, and read without a mistake."""

import re
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from answer_files import content_of

from survey.example import SECTORS, Dialect, write_example
from survey.importing.answers import Answers
from survey.importing.codebook import Role, read_codebook, ready_codebook_path
from survey.importing.reading import read_answers


def example(folder: Path, dialect: Dialect = "nl", rows: int = 366, seed: int = 2021) -> Answers:
    path = folder / f"voorbeeld-{dialect}"
    write_example(path, rows=rows, seed=seed, dialect=dialect)
    return read_answers(path, read_codebook(ready_codebook_path()))


def percentage(answers: Answers, name: str, answer: int) -> float:
    column = answers.columns[name]
    return float(100 * (column == answer).sum() / (column >= 0).sum())


def test_every_dialect_holds_the_same_answers(tmp_path: Path) -> None:
    usual = content_of(example(tmp_path))
    assert content_of(example(tmp_path, "en")) == usual
    assert content_of(example(tmp_path, "xlsx")) == usual


def test_the_same_arguments_give_the_same_file(tmp_path: Path) -> None:
    contents = []
    for seed in (2021, 2021, 2022):
        write_example(tmp_path / "een", seed=seed)
        contents.append((tmp_path / "een").read_bytes())
    assert contents[0] == contents[1] != contents[2]


def test_sectors_are_those_of_the_report_and_some_stopped_halfway(tmp_path: Path) -> None:
    answers = example(tmp_path)
    assert tuple(np.bincount(answers.columns["v1_sector"])) == SECTORS
    assert (answers.finished, sum(SECTORS)) == (366, 366)
    assert answers.unfinished > 0


@pytest.mark.parametrize(
    ("name", "answer", "published"),
    [
        ("v6_innovatie", 0, 86),
        ("v7_type_3", 1, 77),
        ("v7_type_4", 1, 62),
        ("v7_type_2", 1, 52),
        ("v7_type_1", 1, 39),
        ("v11_aanleiding_1", 1, 49),
        ("v11_aanleiding_2", 1, 32),
        ("v11_aanleiding_3", 1, 30),
        ("v17_strategie", 0, 40),
        ("v17_strategie", 1, 19),
        ("v17_strategie", 2, 17),
        ("v17_strategie", 3, 11),
    ],
)
def test_shares_are_near_the_published_ones(name: str, answer: int, published: int, tmp_path: Path) -> None:
    assert percentage(example(tmp_path), name, answer) == pytest.approx(published, abs=4)


def test_climate_groups_are_near_the_published_ones(tmp_path: Path) -> None:
    answers = example(tmp_path)
    items = [one.name for one in answers.codebook.with_role(Role.CLIMATE_ITEM)]
    scores = np.array([answers.columns[name] for name in items]) + 1.0
    mean = np.nanmean(np.where(scores >= 1, scores, np.nan), axis=0).round(6)
    groups = [100 * np.mean(mean < 3.6), 100 * np.mean((mean >= 3.6) & (mean <= 4)), 100 * np.mean(mean > 4)]
    assert groups == pytest.approx([43, 33, 25], abs=5)


def test_words_of_both_clusters_occur_often_enough_to_be_shown(tmp_path: Path) -> None:
    texts = example(tmp_path).texts["v22_omschrijving"].dropna()
    words = Counter(word for text in texts for word in set(re.findall(r"\w+", str(text).lower())))
    assert all(words[word] >= 10 for word in ("digitale", "data", "thuiswerken", "overleggen")), words


def test_another_number_of_rows_keeps_the_shares(tmp_path: Path) -> None:
    answers = example(tmp_path, rows=1000, seed=1)
    assert answers.finished == 1000
    assert percentage(answers, "v1_sector", 1) == pytest.approx(100 * 110 / 366, abs=0.2)
