# METADATA
# title: System calls without a filter
# description: Containers for which neither they nor their pod choose a seccomp profile.
# scope: package
# custom:
#   kinds: [Pod, ReplicationController, apps/Deployment, apps/ReplicaSet, apps/DaemonSet, apps/StatefulSet, batch/Job, batch/CronJob]
package armo_builtins

import data.holdfast.lib.seccomp_profile
import rego.v1

deny contains finding if some finding in seccomp_profile.findings
