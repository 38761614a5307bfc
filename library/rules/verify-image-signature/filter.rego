# METADATA
# title: What is judged
# description: Workloads with an image, if there are trusted keys, and it is known of all their images whether one of these signed them.
# scope: package
package armo_builtins

import data.holdfast.lib.image_signature
import rego.v1

deny contains {"alertObject": {"k8sApiObjects": [obj]}} if {
	some obj in input
	places := image_signature.places(obj)
	count(places) > 0
	every place in places {
		is_boolean(image_signature.trusted(place.container.image, data.postureControlInputs.trustedCosignPublicKeys))
	}
}
