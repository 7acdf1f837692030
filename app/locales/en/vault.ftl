vault-closed-key = This text cannot be opened at present: the installation has not got its key. It is not lost; it can be read again once whoever operates the installation puts the key back.
vault-closed-erased = Whoever wrote this text is gone and their data were erased. Nobody can read it.
vault-closed-refused = This text does not open: somebody changed or moved it in the database. Tell whoever operates the installation.
vault-cannot-write = This cannot be saved at present: the installation has not got the key that encrypts what you write. What you wrote is still here; tell whoever operates the installation.
vault-cannot-write-changed = This cannot be saved: your key was changed in the database. What you wrote is still here; tell whoever operates the installation.
