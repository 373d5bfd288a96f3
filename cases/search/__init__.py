"""Search over cases: an index derived from the database, and questions put to it.

Nothing here knows the database. A `CaseSource` gives the documents, `CaseIndex` keeps them findable, and
`engine.search` turns one `Question` into one `SearchResult`.
"""
