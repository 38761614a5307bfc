# METADATA
# title: Images that no trusted key signed
# description: Containers whose image has no signature that one of the trusted public keys verifies.
# scope: package
# custom:
#   kinds: [Pod, ReplicationController, apps/Deployment, apps/ReplicaSet, apps/DaemonSet, apps/StatefulSet, batch/Job, batch/CronJob]
#   needs: image-signatures
#   parameters: [trustedCosignPublicKeys]
package armo_builtins

import data.holdfast.lib.image_signature
import rego.v1

deny contains finding if {
	some obj in input
	some place in image_signature.places(obj)
	image_signature.trusted(place.container.image, data.postureControlInputs.trustedCosignPublicKeys) == false
	finding := image_signature.about(obj, place, "is signed by none of the trusted keys", "An image is signed in its registry, by whoever builds it; the manifest has no part in that.")
}
