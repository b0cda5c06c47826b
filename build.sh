#!/bin/sh
# Runs a task of the project with what this machine has: Clean, Build, Test, Demo, Bench or Package.
# Needs the .NET SDK. PowerShell is the one on PATH, else the .NET tool; where neither can be had, what needs it is left out and said.
set -eu
cd "$(dirname "$0")"
task=${1:-Build}

command -v dotnet >/dev/null || { echo 'build.sh: the .NET SDK is not on PATH: https://dotnet.microsoft.com/download' >&2; exit 2; }

if command -v pwsh >/dev/null; then
    exec pwsh -NoProfile -NonInteractive -File build.ps1 "$task"
elif dotnet tool restore >/dev/null 2>&1; then
    exec dotnet tool run pwsh -- -NoProfile -NonInteractive -File build.ps1 "$task"
fi

echo 'PowerShell is neither on PATH nor to be had as a .NET tool: what needs it is left out.' >&2
summary=out/TestResults/summary.txt
rm -f "$summary"
result=0
dotnet msbuild module/module.proj -nologo -v:minimal "-t:$task" -p:Pwsh= || result=$?
[ ! -f "$summary" ] || cat "$summary"
exit $result
