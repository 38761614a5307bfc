# METADATA
# title: Images from registries that are not trusted
# description: Containers whose image comes from a registry that the parameters list as public or untrusted.
# scope: package
# custom:
#   kinds: [Pod, ReplicationController, apps/Deployment, apps/ReplicaSet, apps/DaemonSet, apps/StatefulSet, batch/Job, batch/CronJob]
#   supersededBy: rule-identify-blocklisted-image-registries-v1
#   needs: parameters
#   parameters: [publicRegistries, untrustedRegistries]
package armo_builtins

import data.holdfast.lib.image_origin
import rego.v1

deny contains finding if {
	some obj in input
	some finding in image_origin.blocked(obj)
}
