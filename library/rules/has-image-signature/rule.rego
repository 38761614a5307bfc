# METADATA
# title: Images without a signature
# description: Containers whose image nobody signed with cosign.
# scope: package
# custom:
#   kinds: [Pod, ReplicationController, apps/Deployment, apps/ReplicaSet, apps/DaemonSet, apps/StatefulSet, batch/Job, batch/CronJob]
#   needs: image-signatures
package armo_builtins

import data.holdfast.lib.image_signature
import rego.v1

deny contains finding if {
	some obj in input
	some place in image_signature.places(obj)
	cosign.has_signature(place.container.image) == false
	finding := image_signature.about(obj, place, "has no signature", "An image is signed in its registry, by whoever builds it; the manifest has no part in that.")
}
