_rolebook() {
    local words=("${COMP_WORDS[@]}") candidate
    if [[ ${BASH_VERSINFO[0]} -ge 4 && ${words[COMP_CWORD]} != [=:]* ]]; then
        words[COMP_CWORD]=$2
    fi
    COMPREPLY=()
    while IFS= read -r candidate; do
        # bash completes file names itself, and quotes them.
        if [[ $candidate == "<files>" ]]; then
            compopt -o default 2>/dev/null
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
