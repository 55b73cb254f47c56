#compdef many
# many: completion for zsh; save it as _many in a folder of $fpath
_many() {
  local -a names
  names=(
    'mission:Capture a mission'
    'bet:Capture a bet'
    'decide:Capture a decision'
    'belief:Capture a belief, an assumption or a question'
    'signal:Capture a signal'
    'note:Write an update about a record, or for the inbox'
    'set:Change fields of records'
    'done:Complete - release, settle or drop a bet, decide a choice, close a mission'
    'rm:Delete records; undo brings them back'
    'archive:Put records away, or bring them back'
    'link:Draw an arrow from one record to another'
    'unlink:Take an arrow away'
    'lookback:Look back at a decision - what was said then, then how it came out'
    'supersede:Replace a decision by a new one, linked to it'
    'reading:Write down what a signal measured, or show what was'
    'checkin:Look at a check-in with what was gathered for it, hold or skip it'
    'ls:List records'
    'show:Show whole records'
    'review:Go through what waits for you, one item at a time'
    'today:What waits for you today, in a screenful'
    'rituals:How we work - every ritual, what it cost and brought, and when it is reviewed itself'
    'board:Print one or several lenses as text'
    'tell:Tell of records to executives, the team, finance or customers'
    'talk:Who differs about a record, since when, and what each last wrote'
    'views:List saved views, show one, share or drop it'
    'why:Say why a record is not in a lens'
    'undo:Take back my last step, or any step by its number'
    'redo:Do again what I last took back'
    'log:Show what happened, newest first'
    'watch:Print each step as others commit it'
    'import:Bring records in from files'
    'export:Write records to other formats'
    'completion:Print the completion of a shell'
    'where:Print every path in use'
    'doctor:Check the workspace and the terminal'
    'demo:Open a workspace full of examples'
    'settings:Show or change what the workspace decides for itself'
    'keys:List the keys, commands and lenses of the app'
    'themes:List the themes, or preview one'
  )
  if (( CURRENT == 2 )); then
    _describe 'command' names
    compadd -- --file --as --json --jsonl --csv --plain -q --quiet -y --yes --no-input --no-color --read-only --theme --wire
    return
  fi
  case "$words[2]" in
    set) compadd -S '' -- about= appetite= approver= area= benefit= body= buckets= by= came_true= certainty= chosen= confidence= constraints= context= contributors= converged= cut_corners= decided_on= decisions= door= drag= driver= drivers= due= floats= forecast.by= forecast.from_value= forecast.high= forecast.low= forecast.signal= forecast.to_value= from_value= funding= gaming= health= held_on= hill= horizon= hypothesis= if_not= informed= intent.bounds= intent.end_state= intent.purpose= intent= kind= lag= lesson= level= links= mandate= mode= next_step= occasion= opportunity= opportunity_confidence= options= outcome= people= pivot_if= placed_on= prediction= proceed_if= process= readings= released_on= result= review_on= revisit_on= scores= settle_by= settled_on= solved= state= statement= stops= tags= team= text= title= to_value= uncertainty.duration= uncertainty.experimentability= uncertainty.know_how= uncertainty.solvability= uncertainty.value= unit= use= value= verdicts= why= why_skipped= why_stopped= wip_limit=; _files ;;
    done) compadd -S '' -- about= appetite= approver= area= benefit= body= buckets= by= came_true= certainty= chosen= confidence= constraints= context= contributors= converged= cut_corners= decided_on= decisions= door= drag= driver= drivers= due= floats= forecast.by= forecast.from_value= forecast.high= forecast.low= forecast.signal= forecast.to_value= from_value= funding= gaming= health= held_on= hill= horizon= hypothesis= if_not= informed= intent.bounds= intent.end_state= intent.purpose= intent= kind= lag= lesson= level= links= mandate= mode= next_step= occasion= opportunity= opportunity_confidence= options= outcome= people= pivot_if= placed_on= prediction= proceed_if= process= readings= released_on= result= review_on= revisit_on= scores= settle_by= settled_on= solved= state= statement= stops= tags= team= text= title= to_value= uncertainty.duration= uncertainty.experimentability= uncertainty.know_how= uncertainty.solvability= uncertainty.value= unit= use= value= verdicts= why= why_skipped= why_stopped= wip_limit=; _files ;;
    link) compadd -S '' -- nests_in drives tests informs depends_on competes_with tension supersedes pivots_from; _files ;;
    unlink) compadd -S '' -- nests_in drives tests informs depends_on competes_with tension supersedes pivots_from; _files ;;
    lookback) compadd -S '' -- about= appetite= approver= area= benefit= body= buckets= by= came_true= certainty= chosen= confidence= constraints= context= contributors= converged= cut_corners= decided_on= decisions= door= drag= driver= drivers= due= floats= forecast.by= forecast.from_value= forecast.high= forecast.low= forecast.signal= forecast.to_value= from_value= funding= gaming= health= held_on= hill= horizon= hypothesis= if_not= informed= intent.bounds= intent.end_state= intent.purpose= intent= kind= lag= lesson= level= links= mandate= mode= next_step= occasion= opportunity= opportunity_confidence= options= outcome= people= pivot_if= placed_on= prediction= proceed_if= process= readings= released_on= result= review_on= revisit_on= scores= settle_by= settled_on= solved= state= statement= stops= tags= team= text= title= to_value= uncertainty.duration= uncertainty.experimentability= uncertainty.know_how= uncertainty.solvability= uncertainty.value= unit= use= value= verdicts= why= why_skipped= why_stopped= wip_limit=; _files ;;
    checkin) compadd -S '' -- weekly six-weeks half-year yearly --minutes --skip --open --done; _files ;;
    ls) compadd -S '' -- missions bets decisions beliefs signals check-ins updates state: team: due< conf< is:open is:overdue has: no: under: type: --sort --view --at --all --limit; _files ;;
    show) compadd -S '' -- --at; _files ;;
    review) compadd -S '' -- --minutes --new --summary; _files ;;
    today) compadd -S '' -- --short; _files ;;
    board) compadd -S '' -- bets cadence calibration changed convergence criteria decisions doors drag flow grid hill ladder lineage mandate missions occasions portfolio readings record risky rituals rolling signals squeeze story talk timeline state: team: due< conf< is:open is:overdue has: no: under: type: --words --columns --width --lines --view --at --of --turn --all --svg --html --md --theme; _files ;;
    tell) compadd -S '' -- --for --md --html --out --theme --template; _files ;;
    why) compadd -S '' -- bets cadence calibration changed convergence criteria decisions doors drag flow grid hill ladder lineage mandate missions occasions portfolio readings record risky rituals rolling signals squeeze story talk timeline state: team: due< conf< is:open is:overdue has: no: under: type: --at; _files ;;
    undo) compadd -S '' -- --times; _files ;;
    redo) compadd -S '' -- --times; _files ;;
    log) compadd -S '' -- --limit; _files ;;
    watch) compadd -S '' -- --limit; _files ;;
    import) compadd -S '' -- csv ics jsonl log log-html madr markdown nygard taskwarrior todo.txt --dry-run --update --mapping --save-mapping; _files ;;
    export) compadd -S '' -- csv ics jsonl log log-html madr markdown nygard taskwarrior todo.txt --out --all; _files ;;
    completion) compadd -S '' -- bash zsh fish; _files ;;
    demo) compadd -S '' -- --no-open; _files ;;
    settings) compadd -S '' -- edit set; _files ;;
    themes) compadd -S '' -- ansi ansi-dark ansi-light catppuccin contrast-dark contrast-light dark gruvbox light mono mono-dark mono-light mono-strong safe-dark safe-light; _files ;;
    *) compadd -- --file --as --json --jsonl --csv --plain -q --quiet -y --yes --no-input --no-color --read-only --theme --wire; _files ;;
  esac
}
if [ "$funcstack[1]" = _many ]; then _many "$@"; else compdef _many many; fi
