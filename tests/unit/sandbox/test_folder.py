"""The sandbox clears what it made itself, and nothing else."""

from pathlib import Path

import pytest

from service.sandbox.folder import ForeignFolderError, clean_folder


def test_a_new_folder_is_made(tmp_path: Path) -> None:
    folder = clean_folder(tmp_path / "new" / "sandbox")

    assert folder.root.is_dir()


def test_a_second_run_starts_clean_and_leaves_what_others_put_there(tmp_path: Path) -> None:
    folder = clean_folder(tmp_path)
    folder.house.mkdir()
    (folder.house / "commonthread.db").write_text("old")
    folder.mail.mkdir()
    folder.gallery.write_text("old")
    folder.log.write_text("old")
    (tmp_path / "my notes.txt").write_text("mine")

    clean_folder(tmp_path)

    assert not any(made.exists() for made in (folder.house, folder.mail, folder.gallery, folder.log))
    assert (tmp_path / "my notes.txt").read_text() == "mine"


def test_somebody_elses_folder_is_refused_untouched(tmp_path: Path) -> None:
    (tmp_path / "mail").mkdir()
    (tmp_path / "mail" / "letter.txt").write_text("precious")

    with pytest.raises(ForeignFolderError, match="Name a new or an empty folder"):
        clean_folder(tmp_path)

    assert [path.name for path in tmp_path.iterdir()] == ["mail"]
    assert (tmp_path / "mail" / "letter.txt").read_text() == "precious"


def test_a_file_in_its_place_is_refused(tmp_path: Path) -> None:
    (tmp_path / "sandbox").write_text("a file")

    with pytest.raises(ForeignFolderError, match="is a file"):
        clean_folder(tmp_path / "sandbox")
