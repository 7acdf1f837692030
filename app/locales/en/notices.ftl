notices-title = { $count ->
    [0] You have no unread notices
    [one] You have one unread notice
   *[other] You have { $count } unread notices
}
notices-nav = Notices
notices-empty = What others do that concerns you appears here: an agreement to read, a mentorship that begins. There is nothing yet.
notices-new = Unread
notices-read-all = Mark everything as read
notices-read = { $count ->
    [one] One notice marked as read.
   *[other] { $count } notices marked as read.
}
notices-older = See older ones
notices-settings = Choose how you hear of things
notices-settings-title = How you want to hear of things
notices-settings-lead = Choose for each kind of notice whether it comes by mail or is only shown here.
notices-settings-none = There are no notices to choose from yet.
notices-settings-hours = Mails come between 7:30 and 20:00 in your time zone; digests at 8:00 on the working days of your editions, or on the first from Monday on. Those that always come may come at any hour. Mails about meetings say whom you meet; no other mail carries names, and none what you write.
notices-settings-save = Save how I hear of things
notices-settings-saved = Saved. It holds for notices from now on.
notices-way-at-once = By mail, as it happens
notices-way-daily = By mail, in a daily digest
notices-way-weekly = By mail, in a weekly digest
notices-way-product = Only here
notices-way-off = Not at all
notices-mail-open = Open the notice
notices-digest-daily = Your notices of today
notices-digest-weekly = Your notices of the week
notices-digest-opening = { $count ->
    [one] You have one unread notice:
   *[other] You have { $count } unread notices:
}
notices-digest-line = – { $line }
notices-digest-acts =
    { $line }
    { $words }:
    { $url }
notices-digest-more = { $count ->
    [one] And one more.
   *[other] And { $count } more.
}
notices-digest-open = See the notices
notices-unsubscribe-title = Stop these mails?
notices-unsubscribe-lead = These will no longer come by mail: { $kinds }. You will still see them in Telémaco.
notices-unsubscribe-button = Stop them by mail
notices-unsubscribe-done = These mails will no longer come
notices-unsubscribe-done-lead = The notices wait for you in Telémaco. You can have them by mail again at any time.
notices-unsubscribe-settings = Choose how you hear of things
notices-unsubscribe-expired = This link no longer works
notices-unsubscribe-expired-lead = Links in mails work for two months. In your account you can choose which notices you get.
notices-unsubscribe-between = { $before }; { $kind }
notices-hooks = Tell a program or a channel as well (webhooks)
notices-link-gone = This link does not work any more
notices-link-gone-text = Links of mails work for a month. In Telémaco you can do it whenever you like.
notices-link-sign-in = Sign in to Telémaco
