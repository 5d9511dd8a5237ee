#!/bin/sh
# A router for RouterBench in POSIX shell and awk: short prompts go to the cheapest model on the
# training prompts, longer ones to the dearest, swept over the length that divides them.
#
#   routerbench evaluate DATA --command "sh Examples/shell/cheapest.sh"
#
# The protocol is in Sources/RouterBench/RouterBench.docc/BringYourOwnRouter.md. awk reads one message a line; every
# answer is flushed, since routerbench waits for it.

# mawk waits for a block of input unless it is told that somebody waits for its answers.
interactive=
if awk -W version 2>/dev/null </dev/null | grep -qi mawk; then interactive='-W interactive'; fi

exec awk $interactive '
# The JSON value that follows "key": in a line of the protocol, up to the end that is given.
function field(line, key, end,    at, rest) {
  at = index(line, "\"" key "\":")
  if (at == 0) return ""
  rest = substr(line, at + length(key) + 3)
  return substr(rest, 1, index(rest, end) - 1)
}

# The text between the quotes after "key":, with its escapes as they stand.
function text(line, key,    at, rest, place, character) {
  at = index(line, "\"" key "\":\"")
  rest = substr(line, at + length(key) + 4)
  for (place = 1; place <= length(rest); place++) {
    character = substr(rest, place, 1)
    if (character == "\\") place++
    else if (character == "\"") return substr(rest, 1, place - 1)
  }
  return ""
}

function say(line) { print line; fflush() }

# The first word of every message is its type.
{ type = text($0, "type") }

type == "hello" {
  # Names stay as they are written, quotes and all, so that they can be sent back.
  names = field($0, "models", "]")
  count = split(substr(names, 2), name, ",")
  say("{\"type\":\"ready\",\"protocol\":1}")
}

type == "fit" {
  left = field($0, "rows", "}")
  for (model = 1; model <= count; model++) dollars[model] = 0
}

type == "lesson" {
  # A prompt may hold anything, so the costs are looked for from the end of the line.
  line = $0
  sub(/.*"cost":\[/, "", line)
  sub(/\].*/, "", line)
  split(line, cost, ",")
  for (model = 1; model <= count; model++) dollars[model] += cost[model]
  if (--left == 0) {
    cheap = dear = 1
    for (model = 2; model <= count; model++) {
      if (dollars[model] < dollars[cheap]) cheap = model
      if (dollars[model] > dollars[dear]) dear = model
    }
    say("{\"type\":\"fitted\"}")
  }
}

type == "route" {
  left = field($0, "rows", "}")
  if (left == 0) say("{\"type\":\"routed\"}")
}

type == "prompt" {
  size = length(text($0, "prompt"))
  choices = ""
  # The parameter is minus the length up to which the cheapest is asked: it grows with the spending.
  for (limit = 6400; limit >= 100; limit /= 2) {
    choices = choices (choices == "" ? "" : ",")
    choices = choices "{\"parameter\":" (-limit) ",\"model\":" name[size <= limit ? cheap : dear] "}"
  }
  print "{\"id\":\"" text($0, "id") "\",\"choices\":[" choices "]}"
  if (--left == 0) say("{\"type\":\"routed\"}")
}
'
