import { gpuWords, needsGpu, showsGpu } from "../../policies/reading/gpu";

test.each([
  "vllm/vllm-openai:v0.11.0",
  "nvidia/cuda:12.6.2-runtime-ubuntu24.04",
  "pytorch/pytorch:2.7.0-cuda12.6-cudnn9-runtime",
  "tensorflow/tensorflow:2.19.0-gpu",
  "registry.example.com:5000/team/whisper-gpu:1.4",
  "ghcr.io/huggingface/text-generation-inference:3.3.4",
  "nvcr.io/nvidia/tritonserver:25.09-py3",
  "nvcr.io/nvidia/tensorrt-llm/release:1.0.0",
  "ghcr.io/ggml-org/llama.cpp:server-cuda",
  `vllm/vllm-openai@sha256:${"0123456789abcdef".repeat(4)}`,
])("%s computes on a GPU", (image) => {
  expect(needsGpu(image, gpuWords)).toBe(true);
});

test.each([
  "python:3.13-slim",
  "vllm/vllm-cpu:v0.11.0",
  "rocm/vllm:v0.11.0",
  "lmcache/vllm-router:1.0",
  "nvcr.io/nvidia/k8s-device-plugin:v0.17.4",
  "nvcr.io/nvidia/k8s/dcgm-exporter:4.4.1-ubuntu22.04",
  "nvcr.io/nvidia/gpu-operator:v25.3.4",
  "example/barracuda:1.0",
  "",
  undefined,
  5,
])("%p does not, as far as its name says", (image) => {
  expect(needsGpu(image, gpuWords)).toBe(false);
});

test.each(["all", "0", "GPU-3a23c669"])("NVIDIA_VISIBLE_DEVICES=%s shows a GPU", (value) => {
  expect(showsGpu(value)).toBe(true);
});
test.each(["", "void", "none", undefined])("NVIDIA_VISIBLE_DEVICES=%p shows none", (value) => {
  expect(showsGpu(value)).toBe(false);
});
