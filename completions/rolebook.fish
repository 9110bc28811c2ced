complete --keep-order --exclusive --command rolebook --arguments "(COMPLETE=fish rolebook -- (commandline --current-process --tokenize --cut-at-cursor) (commandline --current-token))"
