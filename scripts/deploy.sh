#!/usr/bin/env bash
# Builds the images, pushes them, applies the manifests, waits until everything runs, and says where. See --help.
set -euo pipefail

usage() {
  cat <<'HELP'
scripts/deploy.sh [--registry HOST/PATH] [--tag TAG] [--overlay NAME] [--namespace NAME] [--dry-run]

  --registry   where the images are pushed to; without one they stay here, for a cluster on this machine, and are loaded into
               it where it is one of kind, minikube or k3d
  --tag        of the images; otherwise the revision that is checked out, and the time where something differs from it
  --overlay    base (default), without-jobs (which takes away those of the base), existing-redis or course
  --namespace  for an overlay that goes into a namespace of your own; otherwise the one that kubectl is in
  --dry-run    does nothing, and says what would be done: what stands behind each + is a script

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
registry='' tag='' overlay=base namespace='' dry_run='' whole=''
answer='' password='' password_in_secret='' late=''
# What is made on the way is there, for as long as this runs.
place=$root/k8s/.deploy-$$

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
  base | without-jobs)
    [ -z "$namespace" ] || fail "$overlay has namespaces of its own: vigia and vigia-collector"
    whole=yes folder=../base namespace=vigia workloads='statefulset/redis deployment/web deployment/functions'
    if [ "$overlay" = base ]; then workloads+=' deployment/jobs'; else folder=../overlays/$overlay; fi
    ;;
  existing-redis | course) folder=../overlays/$overlay workloads='deployment/web deployment/functions' ;;
  *) fail "there is no overlay $overlay: base, without-jobs, existing-redis or course" ;;
esac
for program in "$builder" kubectl; do
  [ -n "$dry_run" ] || command -v "$program" >/dev/null || fail "$program is needed, and not there"
done

revision=$(git -C "$root" rev-parse --short=12 HEAD 2>/dev/null || echo unknown)
# A tag that a node has already is not fetched again.
if [ -n "$(git -C "$root" status --porcelain 2>/dev/null || echo unknown)" ]; then revision+=-$(date -u +%Y%m%d%H%M%S); fi
tag=${tag:-$revision}
prefix=${registry:+${registry%/}/}
case ${builder##*/} in podman*) by_podman=yes ;; *) by_podman='' ;; esac
# So podman names what it builds, and so pods must ask for it.
[ -z "$by_podman" ] || prefix=${prefix:-localhost/}
scope=(${namespace:+--namespace "$namespace"})
# As people are told to type it.
kubectl="kubectl${namespace:+ --namespace $namespace}"

# Everything that changes something goes through this one and the next.
run() {
  if [ -n "$dry_run" ]; then
    printf '+'
    printf ' %q' "$@"
    echo
  else
    "$@"
  fi
}

# What it is given, into a file.
write() {
  if [ -n "$dry_run" ]; then
    { printf "cat >%q <<'END'\n" "$1"; cat; echo END; } | sed 's/^/+ /'
  else
    cat >"$1"
  fi
}

make_place() {
  run mkdir "$place"
  trap 'run rm -r "$place"' EXIT
}

build() {
  local target source told
  told=(--build-arg "VERSION=$tag" --build-arg "REVISION=$revision")
  told+=(--label "org.opencontainers.image.created=$(date -u +%Y-%m-%dT%H:%M:%SZ)")
  source=$(where_from)
  [ -z "$source" ] || told+=(--label "org.opencontainers.image.source=$source" --label "org.opencontainers.image.url=${source%.git}")
  for target in web runtime; do
    run "$builder" build --target "$target" "${told[@]}" --tag "${prefix}vigia-$target:$tag" "$root"
  done
}

# Where the clone is from, if that can be opened by others: without the name and the password that an address may have.
where_from() {
  git -C "$root" remote get-url origin 2>/dev/null | sed -n 's#^\(https*://\)\([^/]*@\)*#\1#p' || true
}

# To where the cluster finds them.
hand_over() {
  local target image context=''
  [ -n "$registry" ] || context=$(kubectl config current-context 2>/dev/null) || true
  for target in web runtime; do
    image=${prefix}vigia-$target:$tag
    case ${registry:+registry}$context in
      registry*) run "$builder" push "$image" ;;
      kind-* | k3d-* | minikube) load "$image" "$context" "$place/vigia-$target.tar" ;;
      docker-desktop | rancher-desktop | orbstack) [ -z "$by_podman" ] || warn_of_missing "$image" "$context" ;; # they have docker's
      *) warn_of_missing "$image" "${context:-the cluster}" ;;
    esac
  done
}

# Into a cluster on this machine, whose tools look for images in docker. Those of podman they take from a file.
load() {
  local image=$1 context=$2 archive=$3 kind_of_image=docker-image
  if [ -n "$by_podman" ]; then
    run "$builder" save --output "$archive" "$image"
    image=$archive kind_of_image=image-archive
  fi
  case $context in
    kind-*) run kind load "$kind_of_image" "$image" --name "${context#kind-}" ;;
    k3d-*) run k3d image import "$image" --cluster "${context#k3d-}" ;;
    minikube) run minikube image load "$image" ;;
  esac
}

warn_of_missing() {
  echo "deploy: without --registry, the nodes of $2 must have $1 already" >&2
}

# What the cluster has of that name, which may be nothing. Where it does not say, kubectl says why.
ask() {
  answer=$(kubectl get "$@" --ignore-not-found) || fail "the cluster does not say whether it has the $1 $2"
}

# Pods would wait for it, and nobody would know why before the time is up.
need_function() {
  [ "$overlay" = course ] && [ -z "$dry_run" ] || return 0
  ask configmap pyfile "${scope[@]}" --output name
  [ -n "$answer" ] || fail "there is no function yet: $kubectl create configmap pyfile --from-file pyfile=handler.py"
}

# The first password must be there before the first start.
choose_password() {
  [ -n "$whole" ] || return 0
  if [ -n "$dry_run" ]; then
    echo "+ # a generated password goes into the Secret admin, unless there is one, or a start that has chosen one"
    return 0
  fi
  ask secret admin --namespace vigia --output 'jsonpath=there:{.data.password}'
  case $answer in
    there:?*) password_in_secret=yes ;;
    there:) choose_password_for_the_empty_secret ;;
    *)
      ask namespace vigia --output name
      [ -n "$answer" ] || kubectl create namespace vigia
      generate_password
      # Not as an argument, which everybody on this machine could read.
      printf %s "$password" | kubectl create secret generic admin --namespace vigia --from-file=password=/dev/stdin
      ;;
  esac
}

# As the manifests have it: somebody has applied them by hand. A start that there has been has chosen a password, which its log
# says for as long as its pod is there; this deployment will end it.
choose_password_for_the_empty_secret() {
  local said='s/.*first start: sign in as admin with the password \([^ ]*\) (said only here.*/\1/p'
  password=$(kubectl logs --namespace vigia --selector app.kubernetes.io/name=web --tail=-1 2>/dev/null | sed -n "$said") || true
  [ -z "$password" ] || return 0
  ask deployment web --namespace vigia --output 'jsonpath={.status.readyReplicas}'
  [ -z "$answer" ] || return 0
  generate_password
  # Not by apply, which would take it away the next time.
  printf '{"stringData":{"password":"%s"}}' "$password" |
    kubectl patch secret admin --namespace vigia --type merge --patch-file /dev/stdin
}

generate_password() {
  password=$(od -An -N15 -tx1 /dev/urandom | tr -d ' \n')
}

apply() {
  write "$place/kustomization.yaml" <<OVERLAY
apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources: [$folder]
images:
  - { name: vigia-web, newName: ${prefix}vigia-web, newTag: "$tag" }
  - { name: vigia-runtime, newName: ${prefix}vigia-runtime, newTag: "$tag" }
OVERLAY
  # All of Vigia has objects in two namespaces, and kubectl refuses to be told one of them.
  if [ -n "$whole" ]; then run kubectl apply --kustomize "$place"; else run kubectl apply "${scope[@]}" --kustomize "$place"; fi
}

# What a deployment with jobs has left: applying takes nothing away.
take_jobs_away() {
  [ "$overlay" = without-jobs ] || return 0
  run kubectl delete deployment/jobs poddisruptionbudget/jobs "${scope[@]}" --ignore-not-found
}

wait_for_all() {
  local workload
  for workload in $workloads; do
    run kubectl rollout status "$workload" "${scope[@]}" "--timeout=$timeout" && continue
    # The dashboard is there without it, as it is without a collector on a node that is away.
    [ "$workload" = deployment/jobs ] || fail "$workload does not get ready; $kubectl describe $workload, and its logs, say why"
    late="$workload does not get ready: $kubectl logs $workload says what its sandbox misses (docs/operations.md, No job is ready)"
    late+="; --overlay without-jobs deploys everything else"
  done
  [ -n "$whole" ] || return 0
  run kubectl rollout status daemonset/collector --namespace vigia-collector "--timeout=$timeout" ||
    late+="${late:+; }daemonset/collector does not get ready on every node: kubectl --namespace vigia-collector get pods --output wide"
}

say_where() {
  [ -z "$dry_run" ] || return 0
  local node port
  node=$(kubectl get nodes --output 'jsonpath={.items[0].status.addresses[?(@.type=="InternalIP")].address}' 2>/dev/null) || node=''
  # Of both families there may be an address, one behind the other.
  node=${node%% *}
  case $node in *:*) node="[$node]" ;; esac
  port=$(kubectl get service web "${scope[@]}" --output 'jsonpath={.spec.ports[0].nodePort}' 2>/dev/null) || port=''
  echo
  echo "  Open      http://${node:-<address of a node>}:${port:-<the port of: $kubectl get service web>}"
  echo "  or        $kubectl port-forward service/web 3000:80, then http://127.0.0.1:3000"
  if [ -n "$password" ]; then
    echo "  Sign in   admin, password $password   (shown only this once; it counts if this was the first start)"
  elif [ -n "$password_in_secret" ]; then
    echo "  Sign in   admin; the first password: $kubectl get secret admin --output 'go-template={{.data.password | base64decode}}'"
  else
    echo "  Sign in   admin; the first start said the password in its log, which is there as long as its pod:"
    echo "            $kubectl logs --selector app.kubernetes.io/name=web --tail=-1 | grep password"
  fi
}

need_function
make_place
build
hand_over
choose_password
apply
take_jobs_away
wait_for_all
say_where
[ -z "$late" ] || fail "$late"
