# METADATA
# title: Images from elsewhere than the allowed registries
# description: Containers whose image comes from none of the registries and repositories of the parameter.
# scope: package
# custom:
#   kinds: [Pod, ReplicationController, apps/Deployment, apps/ReplicaSet, apps/DaemonSet, apps/StatefulSet, batch/Job, batch/CronJob]
#   needs: parameters
#   parameters: [imageRepositoryAllowList]
package armo_builtins

import data.holdfast.lib.image_origin
import rego.v1

deny contains finding if {
	some obj in input
	some finding in image_origin.unlisted(obj)
}
