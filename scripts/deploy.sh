#!/usr/bin/env bash
# Builds the images, pushes them, applies the manifests, waits until everything runs, and says where. See --help.
set -euo pipefail

usage() {
  cat <<'HELP'
scripts/deploy.sh [--registry HOST/PATH] [--tag TAG] [--overlay NAME] [--namespace NAME] [--dry-run]

  --registry   where the images are pushed to; without one they stay here, for a cluster on this machine
  --tag        of the images; otherwise the revision that is checked out
  --overlay    base (default), existing-redis or course
  --namespace  for an overlay that goes into a namespace of your own; otherwise the one that kubectl is in
  --dry-run    says what would be done, and does nothing

BUILDER=podman builds with podman instead of docker. TIMEOUT=600s waits longer than 300s.
HELP
}

fail() {
  echo "deploy: $*" >&2
  exit 1
}

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
builder=${BUILDER:-docker}
timeout=${TIMEOUT:-300s}
registry='' tag='' overlay=base namespace='' dry_run=''

while [ $# -gt 0 ]; do
  case $1 in
    --registry | --tag | --overlay | --namespace)
      [ $# -ge 2 ] || fail "$1 needs a value"
      declare "${1#--}=$2"
      shift 2
      ;;
    --dry-run) dry_run=yes; shift ;;
    --help | -h) usage; exit 0 ;;
    *) usage >&2; fail "there is no option $1" ;;
  esac
done

case $overlay in
  base)
    [ -z "$namespace" ] || fail 'the base has namespaces of its own: vigia and vigia-collector'
    folder=../base namespace=vigia workloads='statefulset/redis deployment/web deployment/functions deployment/jobs'
    ;;
  existing-redis | course) folder=../overlays/$overlay workloads='deployment/web deployment/functions' ;;
  *) fail "there is no overlay $overlay: base, existing-redis or course" ;;
esac
for program in "$builder" kubectl; do
  command -v "$program" >/dev/null || fail "$program is needed, and not there"
done

revision=$(git -C "$root" rev-parse --short=12 HEAD 2>/dev/null || echo unknown)
tag=${tag:-$revision}
prefix=${registry:+${registry%/}/}
scope=(${namespace:+--namespace "$namespace"})

# Everything that changes something goes through here.
run() {
  if [ -n "$dry_run" ]; then
    printf '+'
    printf ' %q' "$@"
    echo
  else
    "$@"
  fi
}

build() {
  local target
  for target in web runtime; do
    run "$builder" build --target "$target" --build-arg "REVISION=$revision" --tag "${prefix}vigia-$target:$tag" "$root"
  done
  [ -n "$registry" ] || return 0
  for target in web runtime; do run "$builder" push "${prefix}vigia-$target:$tag"; done
}

# The first password must be there before the first start.
choose_password() {
  [ "$overlay" = base ] || return 0
  if [ -n "$dry_run" ]; then
    echo "+ # a generated password goes into the Secret admin, unless there is one"
    return 0
  fi
  if kubectl get secret admin --namespace vigia --output name >/dev/null 2>&1; then return 0; fi
  kubectl get namespace vigia --output name >/dev/null 2>&1 || kubectl create namespace vigia
  password=$(od -An -N15 -tx1 /dev/urandom | tr -d ' \n')
  # Not as an argument, which everybody on this machine could read.
  printf %s "$password" | kubectl create secret generic admin --namespace vigia --from-file=password=/dev/stdin
}

apply() {
  local place
  place=$(mktemp -d "$root/k8s/.deploy-XXXXXX")
  # shellcheck disable=SC2064 # the place of now is meant
  trap "rm -rf '$place'" EXIT
  {
    echo 'apiVersion: kustomize.config.k8s.io/v1beta1'
    echo 'kind: Kustomization'
    echo "resources: [$folder]"
    echo 'images:'
    echo "  - { name: vigia-web, newName: ${prefix}vigia-web, newTag: \"$tag\" }"
    echo "  - { name: vigia-runtime, newName: ${prefix}vigia-runtime, newTag: \"$tag\" }"
  } >"$place/kustomization.yaml"
  [ -z "$dry_run" ] || sed 's/^/# /' "$place/kustomization.yaml"
  # The base has objects in two namespaces, and kubectl refuses to be told one of them.
  if [ "$overlay" = base ]; then run kubectl apply --kustomize "$place"; else run kubectl apply "${scope[@]}" --kustomize "$place"; fi
}

wait_for_all() {
  local workload
  for workload in $workloads; do
    run kubectl rollout status "$workload" "${scope[@]}" "--timeout=$timeout" ||
      fail "$workload does not get ready; kubectl ${scope[*]} describe $workload, and its logs, say why"
  done
  [ "$overlay" = base ] || return 0
  run kubectl rollout status daemonset/collector --namespace vigia-collector "--timeout=$timeout"
}

say_where() {
  [ -z "$dry_run" ] || return 0
  local node
  node=$(kubectl get nodes --output 'jsonpath={.items[0].status.addresses[?(@.type=="InternalIP")].address}' 2>/dev/null) || node=''
  echo
  echo "  Open      http://${node:-<address of a node>}:31001"
  if [ -n "${password:-}" ]; then
    echo "  Sign in   admin, password $password   (shown only this once; it counts if this was the first start)"
  fi
}

build
choose_password
apply
wait_for_all
say_where
