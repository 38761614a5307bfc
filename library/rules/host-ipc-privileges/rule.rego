# METADATA
# title: The host's shared memory
# description: Pods that share the inter-process communication of their node.
# scope: package
# custom:
#   kinds: [Pod, ReplicationController, apps/Deployment, apps/ReplicaSet, apps/DaemonSet, apps/StatefulSet, batch/Job, batch/CronJob]
package armo_builtins

import data.holdfast.lib.host_namespace
import rego.v1

deny contains finding if some finding in host_namespace.findings("hostIPC")
