#!/usr/bin/env bash
# Says what a measurement must be given, before anything is built for it.
#
#   Benchmarks/needs.sh agreement [FILE]
#   Benchmarks/needs.sh extraction FOLDER
set -euo pipefail

case "$1" in
  agreement)
    if [[ -z "${2:-}" ]]; then
      echo "agreement: give a file of outcomes that 'routerbench inspect' reads: make agreement DATA=outcomes.csv" >&2
      exit 1
    fi
    if [[ ! -e "$2" ]]; then
      echo "agreement: there is no $2; give a file of outcomes that 'routerbench inspect' reads: make agreement DATA=outcomes.csv" >&2
      exit 1
    fi
    if ! python3 -c 'import numpy, sklearn' 2>/dev/null; then
      echo "agreement: needs numpy and scikit-learn; install them with 'python3 -m pip install numpy scikit-learn', best in a virtual environment." >&2
      exit 1
    fi
    ;;
  extraction)
    needed=(
      routellm/gsm8k_mixtral_gpt4_responses.csv.gz tasks/gsm8k_test.jsonl tasks/arc_challenge.jsonl
      tasks/winogrande.jsonl routerbench/routerbench_5shot_arc_winogrande.pkl
    )
    missing=()
    for file in "${needed[@]}"; do [[ -e "$2/$file" ]] || missing+=("$file"); done
    if ((${#missing[@]})); then
      cat >&2 <<END
extraction: $2 has no ${missing[0]}$( ((${#missing[@]} > 1)) && echo " and $((${#missing[@]} - 1)) more of the files that are needed").
Published answers with their scores are not part of this project. Give a folder that holds them, make extraction DATA=FOLDER:
  routellm/gsm8k_mixtral_gpt4_responses.csv.gz  RouteLLM's answers to GSM8K: columns prompt, the two models' names (True or
                                                False) and each name with _response
  routerbench/routerbench_5shot_arc_winogrande.pkl  RouterBench's five-shot rows of ARC and Winogrande, with responses
  tasks/gsm8k_test.jsonl                        the questions and answers of GSM8K's test part
  tasks/arc_challenge.jsonl                     the questions of ARC-Challenge
  tasks/winogrande.jsonl                        the questions of Winogrande, in the form of partial evaluation
END
      exit 1
    fi
    ;;
  *)
    echo "needs.sh: '$1' is no measurement; give agreement or extraction." >&2
    exit 1
    ;;
esac
