# many: completion for bash; put it where bash looks, or: source <(many completion bash)
_many() {
  local current="${COMP_WORDS[COMP_CWORD]}" verb="" word words
  for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case "$word" in -*) ;; *) verb="$word"; break ;; esac
  done
  case "$verb" in
    "") words='mission bet decide belief signal note set done rm archive link unlink lookback supersede reading checkin ls show review today rituals board tell talk views why undo redo log watch import export completion where doctor demo settings keys themes' ;;
    mission) words='' ;;
    bet) words='' ;;
    decide) words='' ;;
    belief) words='' ;;
    signal) words='' ;;
    note) words='' ;;
    set) words='about= appetite= approver= area= benefit= body= buckets= by= came_true= certainty= chosen= confidence= constraints= context= contributors= converged= cut_corners= decided_on= decisions= door= drag= driver= drivers= due= floats= forecast.by= forecast.from_value= forecast.high= forecast.low= forecast.signal= forecast.to_value= from_value= funding= gaming= health= held_on= hill= horizon= hypothesis= if_not= informed= intent.bounds= intent.end_state= intent.purpose= intent= kind= lag= lesson= level= links= mandate= mode= next_step= occasion= opportunity= opportunity_confidence= options= outcome= people= pivot_if= placed_on= prediction= proceed_if= process= readings= released_on= result= review_on= revisit_on= scores= settle_by= settled_on= solved= state= statement= stops= tags= team= text= title= to_value= uncertainty.duration= uncertainty.experimentability= uncertainty.know_how= uncertainty.solvability= uncertainty.value= unit= use= value= verdicts= why= why_skipped= why_stopped= wip_limit=' ;;
    done) words='about= appetite= approver= area= benefit= body= buckets= by= came_true= certainty= chosen= confidence= constraints= context= contributors= converged= cut_corners= decided_on= decisions= door= drag= driver= drivers= due= floats= forecast.by= forecast.from_value= forecast.high= forecast.low= forecast.signal= forecast.to_value= from_value= funding= gaming= health= held_on= hill= horizon= hypothesis= if_not= informed= intent.bounds= intent.end_state= intent.purpose= intent= kind= lag= lesson= level= links= mandate= mode= next_step= occasion= opportunity= opportunity_confidence= options= outcome= people= pivot_if= placed_on= prediction= proceed_if= process= readings= released_on= result= review_on= revisit_on= scores= settle_by= settled_on= solved= state= statement= stops= tags= team= text= title= to_value= uncertainty.duration= uncertainty.experimentability= uncertainty.know_how= uncertainty.solvability= uncertainty.value= unit= use= value= verdicts= why= why_skipped= why_stopped= wip_limit=' ;;
    rm) words='' ;;
    archive) words='' ;;
    link) words='nests_in drives tests informs depends_on competes_with tension supersedes pivots_from' ;;
    unlink) words='nests_in drives tests informs depends_on competes_with tension supersedes pivots_from' ;;
    lookback) words='about= appetite= approver= area= benefit= body= buckets= by= came_true= certainty= chosen= confidence= constraints= context= contributors= converged= cut_corners= decided_on= decisions= door= drag= driver= drivers= due= floats= forecast.by= forecast.from_value= forecast.high= forecast.low= forecast.signal= forecast.to_value= from_value= funding= gaming= health= held_on= hill= horizon= hypothesis= if_not= informed= intent.bounds= intent.end_state= intent.purpose= intent= kind= lag= lesson= level= links= mandate= mode= next_step= occasion= opportunity= opportunity_confidence= options= outcome= people= pivot_if= placed_on= prediction= proceed_if= process= readings= released_on= result= review_on= revisit_on= scores= settle_by= settled_on= solved= state= statement= stops= tags= team= text= title= to_value= uncertainty.duration= uncertainty.experimentability= uncertainty.know_how= uncertainty.solvability= uncertainty.value= unit= use= value= verdicts= why= why_skipped= why_stopped= wip_limit=' ;;
    supersede) words='' ;;
    reading) words='' ;;
    checkin) words='weekly six-weeks half-year yearly --minutes --skip --open --done' ;;
    ls) words='missions bets decisions beliefs signals check-ins updates state: team: due< conf< is:open is:overdue has: no: under: type: --sort --view --at --all --limit' ;;
    show) words='--at' ;;
    review) words='--minutes --new --summary' ;;
    today) words='--short' ;;
    rituals) words='' ;;
    board) words='bets cadence calibration changed convergence criteria decisions doors drag flow grid hill ladder lineage mandate missions occasions portfolio readings record risky rituals rolling signals squeeze story talk timeline state: team: due< conf< is:open is:overdue has: no: under: type: --words --columns --width --lines --view --at --of --turn --all --svg --html --md --theme' ;;
    tell) words='--for --md --html --out --theme --template' ;;
    talk) words='' ;;
    views) words='' ;;
    why) words='bets cadence calibration changed convergence criteria decisions doors drag flow grid hill ladder lineage mandate missions occasions portfolio readings record risky rituals rolling signals squeeze story talk timeline state: team: due< conf< is:open is:overdue has: no: under: type: --at' ;;
    undo) words='--times' ;;
    redo) words='--times' ;;
    log) words='--limit' ;;
    watch) words='--limit' ;;
    import) words='csv ics jsonl log log-html madr markdown nygard taskwarrior todo.txt --dry-run --update --mapping --save-mapping' ;;
    export) words='csv ics jsonl log log-html madr markdown nygard taskwarrior todo.txt --out --all' ;;
    completion) words='bash zsh fish' ;;
    where) words='' ;;
    doctor) words='' ;;
    demo) words='--no-open' ;;
    settings) words='edit set' ;;
    keys) words='' ;;
    themes) words='ansi ansi-dark ansi-light catppuccin contrast-dark contrast-light dark gruvbox light mono mono-dark mono-light mono-strong safe-dark safe-light' ;;
    *) words='' ;;
  esac
  COMPREPLY=($(compgen -W "$words --file --as --json --jsonl --csv --plain -q --quiet -y --yes --no-input --no-color --read-only --theme --wire" -- "$current"))
  if [ "${#COMPREPLY[@]}" -eq 1 ] && [[ "${COMPREPLY[0]}" == *[=:] ]]; then compopt -o nospace; fi
}
complete -o default -F _many many
