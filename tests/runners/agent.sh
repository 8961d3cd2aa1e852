#!/bin/sh
# An agent in another language, made from docs/protocol.md alone: it has no asynchronous generators, and says so.
mark=$(printf '\036')
read -r source || exit 1
printf '\n%s{"op": "ready", "protocol": 2}\n' "$mark"
while read -r line; do
    nonce=$(printf '%s' "$line" | sed -n 's/.*"nonce": *"\([0-9a-f]*\)".*/\1/p')
    case "$line" in
    *'"op": "hello"'*)
        printf '\n%s{"op": "start", "nonce": "%s", "pid": %d}\n' "$mark" "$nonce" $$
        printf '\n%s{"op": "done", "nonce": "%s", "pid": %d,' "$mark" "$nonce" $$
        printf ' "implementation": "shell", "implementation_version": "1.0", "language_version": "3.13.0",'
        printf ' "version_text": "a shell", "build": [], "platform": null, "executable": null,'
        printf ' "absent": "a shell has no generators"}\n'
        ;;
    *'"op": "exit"'*) exit 0 ;;
    esac
done
