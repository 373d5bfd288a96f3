"""What editors upload is what its name says, and holds nothing that runs."""

import io
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from factories import make_editor
from filled_form import filled_form
from PIL import Image
from upload_files import HYPERLINK, RELS, TEMPLATE, docx, moving_picture, ods, package, pdf, picture, upload
from wagtail.documents.models import Document
from wagtail.images.models import Image as Picture
from wagtail.users.models import UserProfile

from barometer_site.accounts.uploads.documents import check_document
from barometer_site.accounts.uploads.images import clean_image

DOCUMENTS = "/beheer/documents/add/"
PICTURES = "/beheer/images/add/"


@pytest.fixture
def editor(client: Client, db: None) -> Client:
    """Somebody who may upload."""
    client.force_login(make_editor())
    return client


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.pdf", pdf()),
        ("a.pdf", pdf(b"/OpenAction [3 0 R /Fit]", hidden=b"<< /Type /Page >>")),
        ("a.docx", docx(word___rels__document_dot_xml_dot_rels=RELS.format(HYPERLINK))),
        ("a.ods", ods('<table:table-cell xlink:href="https://example.nl"/>')),
        ("a.csv", "naam;bedrag\nKaas;3 < 4\n".encode("cp1252")),
    ],
)
def test_an_ordinary_document_is_let_through(name: str, data: bytes) -> None:
    file = upload(name, data)
    check_document(file)
    assert file.read() == data


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("a.pdf", b"<html><script>alert(1)</script>", "Dit is geen pdf"),
        ("a.pdf", b"<!-- -->" + pdf(), "Dit is geen pdf"),
        ("a.pdf", pdf(b"/OpenAction << /S /JavaScript /JS (app.alert(1)) >>"), "een script"),
        ("a.pdf", pdf(b"/OpenAction << /S /Java#53cript >>"), "een script"),
        ("a.pdf", pdf(hidden=b"<< /S /JavaScript /JS (app.alert(1)) >>"), "een script"),
        ("a.pdf", pdf(b"/AA << /O << /S /Launch /F (cmd.exe) >> >>"), "een opdracht"),
        ("a.pdf", pdf(b"/Names << /EmbeddedFiles 4 0 R >>"), "bijgevoegd bestand"),
        ("a.pdf", pdf().replace(b"/Root", b"/Encrypt 5 0 R /Root"), "wachtwoord"),
        ("a.docx", b"MZ\x90\x00 een programma", "Dit is geen docx"),
        ("a.docx", ods(), "Dit is geen docx"),
        ("a.docx", b"GIF89a" + docx(), "Dit is geen docx"),
        ("a.docx", docx()[:-40], "Dit is geen docx"),
        ("a.docx", docx(word__vbaProject_dot_bin=b"x"), "macro's"),
        ("a.docx", docx(main="macroEnabled.main"), "macro's"),
        ("a.docx", docx(word__embeddings__oleObject1_dot_bin=b"x"), "een ander bestand"),
        ("a.docx", docx(word___rels__settings_dot_xml_dot_rels=RELS.format(TEMPLATE)), "een andere plek"),
        ("a.docx", docx(word__a_dot_xml="<w:instrText>DDEAUTO c:\\cmd.exe</w:instrText>"), "een andere plek"),
        ("a.docx", docx(word__a_dot_xml='<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>'), "een ander bestand"),
        ("a.ods", ods('<draw:image xlink:href="https://elders.example/spoor.png"/>'), "een andere plek"),
        ("a.ods", ods("<script:event-listener/>"), "macro's"),
        ("a.ods", ods(Basic__Standard__Module1_dot_xml="x"), "macro's"),
        ("a.odt", ods(), "Dit is geen odt"),
        ("a.xlsx", package({"a.txt": "x"}), "Dit is geen xlsx"),
        ("a.csv", b"\xef\xbb\xbf <html>", "geen csv"),
        ("a.csv", b"a;b\n1;<SCRIPT>alert(1)</SCRIPT>", "stuk webpagina"),
        ("a.csv", b"a\0b", "geen csv"),
    ],
)
def test_a_document_that_is_something_else_or_does_something_is_refused(name: str, data: bytes, message: str) -> None:
    with pytest.raises(ValidationError) as refused:
        check_document(upload(name, data))
    assert message in refused.value.messages[0]


def test_a_document_that_is_huge_when_unpacked_is_refused() -> None:
    with pytest.raises(ValidationError, match="te groot als het is uitgepakt"):
        check_document(upload("a.docx", docx(word__a_dot_bin=b"\0" * (50 * 1024 * 1024 + 1))))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_where_and_with_what_a_picture_was_taken_is_gone(kind: str) -> None:
    data = picture(kind, place=True)
    assert b"Geheime Camera" in data
    cleaned = clean_image(upload("a", data))
    with Image.open(cleaned) as image:
        assert image.size == (40, 20)
        assert not image.getexif()
    cleaned.seek(0)
    assert b"Geheime Camera" not in cleaned.read()


def test_a_picture_that_was_taken_sideways_stands_upright() -> None:
    with Image.open(clean_image(upload("a.jpg", picture(orientation=6)))) as image:
        assert image.size == (20, 40)
        left, right = image.getpixel((2, 20)), image.getpixel((17, 20))
        assert left[2] > 200 > 100 > left[0]  # type: ignore[index]
        assert right[0] > 200 > 100 > right[2]  # type: ignore[index]


def test_what_is_hidden_behind_a_picture_is_gone() -> None:
    cleaned = clean_image(upload("a.jpg", picture() + b"<script>alert(1)</script>" + package({"a": "b"})))
    assert b"script" not in cleaned.read()


def test_a_moving_picture_keeps_moving() -> None:
    with Image.open(clean_image(upload("a.gif", moving_picture()))) as image:
        assert getattr(image, "n_frames", 1) == 3


def test_a_broken_picture_is_told() -> None:
    with pytest.raises(ValidationError, match="beschadigd"):
        clean_image(upload("a.jpg", picture()[:400]))


def test_an_editor_uploads_a_document_and_readers_save_it(editor: Client) -> None:
    editor.post(DOCUMENTS, {"title": "Verslag", "file": upload("verslag.pdf", pdf())})
    response = Client().get(Document.objects.get().url)
    assert b"".join(response.streaming_content) == pdf()
    response.close()
    assert response["Content-Disposition"] == 'attachment; filename="verslag.pdf"'
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox; frame-ancestors 'none'"
    assert response["X-Content-Type-Options"] == "nosniff"


def test_a_refused_document_is_told_at_the_field_and_the_title_stays(editor: Client) -> None:
    page = editor.post(DOCUMENTS, {"title": "Verslag", "file": upload("verslag.pdf", b"<html>")}).content.decode()
    assert "Dit is geen pdf-bestand" in page
    assert 'value="Verslag"' in page
    assert not Document.objects.exists()


def test_the_page_for_many_documents_checks_each_too(editor: Client) -> None:
    answer: Any = editor.post(
        "/beheer/documents/multiple/add/",
        {"title": "x", "files[]": upload("x.docx", b"MZ"), "collection": 1},
        headers={"x-requested-with": "XMLHttpRequest"},
    ).json()
    assert not answer["success"]
    assert "geen docx" in answer["error_message"]


def test_an_editor_uploads_a_picture_without_its_place(editor: Client) -> None:
    editor.post(PICTURES, {"title": "Plein", "file": upload("plein.jpg", picture(place=True))})
    kept = Picture.objects.get()
    with kept.file.open() as file:
        data = file.read()
    assert b"Geheime Camera" not in data
    assert (kept.width, kept.height) == (40, 20)
    response = Client().get(kept.file.url)
    response.close()
    assert "sandbox" in response["Content-Security-Policy"]
    assert response["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.svg", b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'),
        ("a.jpg", b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'),
        ("a.png", picture("JPEG")),
        ("a.html", picture("JPEG")),
        ("a.jpg", b"<html>"),
    ],
)
def test_what_is_no_picture_or_another_kind_is_refused(editor: Client, name: str, data: bytes) -> None:
    response = editor.post(PICTURES, {"title": "Plein", "file": upload(name, data)})
    assert response.status_code == 200
    assert not Picture.objects.exists()


def test_a_picture_with_too_many_points_is_refused_before_it_is_drawn(editor: Client) -> None:
    out = io.BytesIO()
    Image.new("1", (9000, 9000)).save(out, "PNG")
    page = editor.post(PICTURES, {"title": "Plein", "file": upload("a.png", out.getvalue())}).content.decode()
    assert "pixels" in page
    assert not Picture.objects.exists()


def test_there_are_no_photos_of_editors(editor: Client) -> None:
    page = editor.get("/beheer/account/")
    editor.post("/beheer/account/", filled_form(page, **{"avatar-avatar": upload("ik.jpg", picture(place=True))}))
    assert b"Profielfoto" not in page.content
    assert not UserProfile.objects.exclude(avatar="").exists()
