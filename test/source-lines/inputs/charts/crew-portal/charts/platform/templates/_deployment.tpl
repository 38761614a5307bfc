{{- define "platform.deployment" -}}
apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ include "platform.name" . }}
  labels:
    {{- include "platform.labels" . | nindent 4 }}
spec:
  selector:
    matchLabels:
      app.kubernetes.io/name: {{ .Chart.Name }}
  template:
    metadata:
      labels:
        {{- include "platform.labels" . | nindent 8 }}
    spec:
      automountServiceAccountToken: {{ .Values.platform.mountToken }}
      terminationGracePeriodSeconds: {{ .Values.platform.gracePeriod }}
      hostIPC: true
      containers:
        - name: {{ .Chart.Name }}
          image: {{ .Values.image }}
          securityContext:
            {{- include "platform.securityContext" . | nindent 12 }}
          ports:
            - name: http
              containerPort: {{ .Values.port }}
          {{- if .Values.env }}
          env:
            {{- range $name, $value := .Values.env }}
            - name: {{ $name }}
              value: {{ $value | quote }}
            {{- end }}
          {{- end }}
          resources:
            requests:
              cpu: 50m
              memory: 64Mi
{{- end -}}
