hooks-title = { $count ->
    [0] No program receives your notices
    [one] One program receives your notices
   *[other] { $count } programs receive your notices
}
hooks-lead = A webhook sends your notices to a program of yours or a channel of your team, as they happen.
hooks-seen = What leaves is the sentence of the mail and a link to Telémaco. No name ever leaves, nor anything that you two write.
hooks-new = Add a webhook
hooks-address = Address
hooks-address-hint = The one that Slack, Teams or your program gives you; it begins with https://. Whoever knows it can write there: afterwards we show the server alone.
hooks-shape = Who receives it
hooks-shape-standard = A program, signed (Standard Webhooks)
hooks-shape-slack = A Slack channel
hooks-shape-teams = A Microsoft Teams channel
hooks-shape-missing = Choose who receives it.
hooks-no-key = This installation has no key to sign with. Tell whoever operates it.
hooks-kinds = Which notices
hooks-inside = What never leaves by webhook
hooks-inside-why = That you are told of it at all says something already, and others may read a channel, or the log of a program, who do not read your mail. You hear of these by mail and here.
hooks-kinds-missing = Choose at least one kind of notice.
hooks-kinds-count = { $count ->
    [one] It receives one kind of notice
   *[other] It receives { $count } kinds of notice
}
hooks-most = You can have at most { $count } webhooks. Remove one before you add another.
hooks-add = Add the webhook
hooks-added = Added. Test it before you rely on it.
hooks-change = Save the notices
hooks-changed = Saved.
hooks-test = Test
hooks-test-of = Test the webhook of { $host }
hooks-test-text = This is a test from Telémaco: your notices will arrive here.
hooks-tested = It has arrived.
hooks-remove = Remove
hooks-remove-of = Remove the webhook of { $host }
hooks-removed = Removed. Nothing is sent there any more.
hooks-secret = Signing secret
hooks-secret-hint = With it your program checks that a notice comes from here.
hooks-works = It works. Last sent: { $at }.
hooks-waits = Nothing has been sent yet.
hooks-fails = It does not arrive: { $trouble }
hooks-stopped = Stopped on { $at }: nothing had arrived for hours. A test that arrives starts it again.
hooks-stopped-label = Webhooks that stop working
hooks-stopped-mail = A webhook no longer receives your notices
hooks-stopped-notice = The webhook of { $host } no longer receives your notices
hooks-trouble-address = that is not a valid address.
hooks-trouble-insecure = the address has to begin with https://.
hooks-trouble-private = it is in a private network, and whoever operates the installation has not allowed it.
hooks-trouble-unknown = that server is not known.
hooks-trouble-unreachable = the server does not answer.
hooks-trouble-certificate = the server's certificate does not hold.
hooks-trouble-slow = the server takes too long.
hooks-trouble-too-large = the server answers too much.
hooks-trouble-redirected = the server sends us to another address.
hooks-trouble-gone = there is nothing there any more.
hooks-trouble-refused = the server does not accept it.
