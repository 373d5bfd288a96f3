"""Visitors that ask one page after another over HTTP. A program of its own: it may not take its time from the server.

python clients.py PORT CLIENTS SECONDS FIRST
"""

import http.client
import json
import sys
import threading
import time
from urllib.parse import quote

_WORDS = """
gemeente inwoner project organisatie medewerker proces team dienst overheid resultaat wijk burger onderzoek vraag
probleem doel markt bedrijf kwaliteit provincie ministerie veiligheid energie klimaat water zorg onderwijs jeugd
woning werk schuld verkeer natuur sport data sensor platform loket formulier vergunning toezicht belasting subsidie
inkoop contract begroting monitor sector techniek test netwerk student school arts ziekenhuis warmte stroom bodem
rivier dijk haven fiets politie crisis melding rechter wet privacy robot drone camera dashboard archief website
"""
#: Words that people search for; two of them make a question that nobody asked before.
WORDS = _WORDS.split()


def question(number: int) -> str:
    """The address of question `number`: the first five thousand are all different."""
    first, second = number % len(WORDS), number // len(WORDS) % len(WORDS)
    text = WORDS[first] if first == second else f"{WORDS[first]} {WORDS[second]}"
    choice = ("", "&sector=gemeenten", "&uitkomst=gestopt", "&sector=waterschappen&uitkomst=geslaagd")[number % 4]
    return f"/casussen/?q={quote(text)}{choice}"


def visit(port: int, numbers: "range", until: float, times: list[float], errors: list[str]) -> None:
    """Ask until the time is over; one connection, opened again when the server closes it."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    for number in numbers:
        if time.perf_counter() >= until:
            break
        start = time.perf_counter()
        try:
            connection.request("GET", question(number))
            response = connection.getresponse()
            response.read()
            if response.status != 200:
                errors.append(f"{response.status} {question(number)}")
        except (OSError, http.client.HTTPException) as error:
            errors.append(f"{error!r} {question(number)}")
            connection.close()
            continue
        times.append(1000 * (time.perf_counter() - start))


def main() -> None:
    """Print the milliseconds of each request, and what went wrong."""
    port, clients, seconds, first = (int(text) for text in sys.argv[1:5])
    times: list[float] = []
    errors: list[str] = []
    until = time.perf_counter() + seconds
    threads = [
        threading.Thread(target=visit, args=(port, range(first + client, 10**9, clients), until, times, errors))
        for client in range(clients)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    sys.stdout.write(json.dumps({"times": times, "errors": errors[:20], "number of errors": len(errors)}) + "\n")


if __name__ == "__main__":
    main()
