imports-title = Import people
imports-lead = The sheets that you have will do: CSV, Excel or OpenDocument. First comes a dry run; nothing is stored until you confirm it.
imports-file-mentors = Sheet of mentors
imports-file-mentors-hint = A row for each person who mentors.
imports-file-mentees = Sheet of mentees
imports-file-mentees-hint = A row for each person who is mentored.
imports-file-people = Or one sheet with everybody
imports-file-people-hint = A column says who is a mentor, who a mentee, and who is both.
imports-no-file = Choose at least one file
imports-upload = Upload and see the columns
imports-before = Earlier imports
imports-none = There are none yet.
imports-state-new = to be looked at
imports-state-mapped = tried out
imports-state-confirmed = under way
imports-state-done = done
imports-state-dropped = dropped
imports-outcome = Added: { $added }. Changed: { $changed }. Left alone: { $unchanged }.
imports-rows = { $count ->
    [one] { $count } row
   *[other] { $count } rows
}
imports-mapping-title = What each column means
imports-mapping-lead = What you say here is remembered for the next file. An unknown column is left out until you say what it is for and who sees it.
imports-special = It looks like a special category of data: { $special }. It is left out.
imports-special-hint = It comes in only on a recorded legal basis (GDPR, Article 9), and only the rules use it: nobody will see it in pages, reasons, reports or mails.
imports-as-attribute = Admit as an attribute…
imports-attribute = What it is for and who sees it
imports-attribute-key = Name of the attribute
imports-purpose-pairing = pairing
imports-attribute-purpose = What it is for
imports-attribute-basis = Legal basis
imports-attribute-seen = Who sees it
imports-mapping-button = Try the import out
imports-drop = Drop this import
imports-dropped = Import dropped.
imports-dry-lead = Nothing has been stored yet.
imports-dry-ready = Everything is ready to be imported
imports-dry-nothing = There is nothing to change
imports-dry-errors = { $count ->
    [one] There is one error to mend
   *[other] There are { $count } errors to mend
}
imports-failed = It could not be stored, although it was tried several times, so nothing was written. You can confirm it again or drop it; if it fails again, tell whoever looks after the system.
imports-overtaken = The records changed after the dry run, so nothing was written. This is the dry run anew.
imports-confirm-title = Confirm the import
imports-confirm-text = All is stored, or nothing. Nobody is written to yet.
imports-confirm = { $people ->
    [one] Store { $people } person
   *[other] Store { $people } people
}
imports-mend-title = Mend the sheet and upload it again
imports-mend-text = Each sheet can be downloaded with a column that says what is wrong with each row.
imports-again = Upload the mended sheet
imports-problems = What is wrong with which row
imports-row = Row
imports-heading = Bring people in from your spreadsheets
imports-problem = Problem
imports-error = error
imports-warning = warning
imports-more-problems = { $count ->
    [one] And { $count } more, in the sheet to download.
   *[other] And { $count } more, in the sheet to download.
}
imports-attributes = Attributes that are admitted
imports-changed = What changes
imports-added = Who is added
imports-more-people = { $count ->
    [one] And { $count } more person.
   *[other] And { $count } more people.
}
imports-change-mapping = Change the columns
imports-running-title = Being stored
imports-running-stage = { $done } of { $all } people
imports-running-lead = You may close this page: the work goes on, and its result will stand under Imports.
imports-running-again = Look again
imports-done-title = The people are stored
imports-dropped-title = This import was dropped
imports-dropped-lead = Nothing was stored and the sheets were deleted.
imports-see-people = See the people
imports-enrol-text = Choose the edition in which they take part: they go in as they came in the sheets, each on their side.
imports-enrol-button = Enrol these people in an edition
