_rolebook_files() {
    local wanted="\.($1)$" file path
    if [[ -n $1 ]] && compopt -o filenames 2>/dev/null; then
        while IFS= read -r file; do
            path=${file/#~\//$HOME/}
            if [[ -d $path || -e $path && ${path,,} =~ $wanted ]]; then
                COMPREPLY+=("$file")
            fi
        done < <(compgen -f -- "$2")
    fi
    if [[ ${#COMPREPLY[@]} -eq 0 ]]; then
        compopt -o default 2>/dev/null
    fi
}
_rolebook() {
    local words=("${COMP_WORDS[@]}") candidate
    if [[ ${BASH_VERSINFO[0]} -ge 4 && ${words[COMP_CWORD]} != [=:]* ]]; then
        words[COMP_CWORD]=$2
    fi
    COMPREPLY=()
    while IFS= read -r candidate; do
        if [[ $candidate == "<files>"* ]]; then
            _rolebook_files "${candidate#"<files>"}" "$2"
            return
        fi
        COMPREPLY+=("$candidate")
    done < <(COMPLETE=bash _CLAP_COMPLETE_INDEX=$COMP_CWORD rolebook -- "${words[@]}" 2>/dev/null)
    if [[ ${COMPREPLY[0]-} == *= ]]; then
        compopt -o nospace 2>/dev/null
    fi
}
complete -o bashdefault -o nosort -F _rolebook rolebook 2>/dev/null ||
    complete -o bashdefault -o default -F _rolebook rolebook
