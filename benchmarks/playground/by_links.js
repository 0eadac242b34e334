// The way of TensorFlow Playground's engine, written anew: sample by sample, an object for each
// neuron and each link, derivatives collected on the links and averaged over the batch.
"use strict";
const fs = require("fs");

const tanh = { output: Math.tanh, slope: (sum) => 1 - Math.tanh(sum) ** 2 };
const job = JSON.parse(fs.readFileSync(0, "utf8")); 

class Link {
  constructor(source, target, weight) {
    Object.assign(this, { source, target, weight, slope: 0, collected: 0, n: 0 });
    source.outputs.push(this);
    target.inputs.push(this);
  }
}

class Neuron {
  constructor(bias) {
    this.inputs = [];
    this.outputs = [];
    this.bias = bias;
    this.sum = this.output = this.outputSlope = this.inputSlope = this.collected = this.n = 0;
  }

  forward() {
    this.sum = this.bias;
    for (let j = 0; j < this.inputs.length; j++) {
      const link = this.inputs[j];
      this.sum += link.weight * link.source.output;
    }
    return this.sum;
  }
}

function build(sizes, weights, biases) {
  const layers = sizes.map((size, i) =>
    Array.from({ length: size }, (_, j) => new Neuron(i ? biases[i - 1][j] : 0))
  );
  for (let i = 1; i < layers.length; i++) {
    layers[i].forEach((target, j) =>
      layers[i - 1].forEach((source, k) => new Link(source, target, weights[i - 1][j][k]))
    );
  }
  return layers;
}

function forward(layers, x) {
  for (let k = 0; k < x.length; k++) layers[0][k].output = x[k];
  for (let i = 1; i < layers.length; i++) {
    for (let j = 0; j < layers[i].length; j++) {
      const neuron = layers[i][j];
      const sum = neuron.forward();
      neuron.output = i < layers.length - 1 ? tanh.output(sum) : 1 / (1 + Math.exp(-sum));
    }
  }
  return layers[layers.length - 1][0].output;
}

function backward(layers, y) {
  const answer = layers[layers.length - 1][0];
  for (let i = layers.length - 1; i >= 1; i--) {
    for (let j = 0; j < layers[i].length; j++) {
      const neuron = layers[i][j];
      neuron.inputSlope =
        neuron === answer ? neuron.output - y : neuron.outputSlope * tanh.slope(neuron.sum);
      neuron.collected += neuron.inputSlope;
      neuron.n++;
    }
    for (let j = 0; j < layers[i].length; j++) {
      const neuron = layers[i][j];
      for (let k = 0; k < neuron.inputs.length; k++) {
        const link = neuron.inputs[k];
        link.slope = neuron.inputSlope * link.source.output;
        link.collected += link.slope;
        link.n++;
      }
    }
    if (i === 1) continue;
    for (let j = 0; j < layers[i - 1].length; j++) {
      const neuron = layers[i - 1][j];
      neuron.outputSlope = 0;
      for (let k = 0; k < neuron.outputs.length; k++) {
        const link = neuron.outputs[k];
        neuron.outputSlope += link.weight * link.target.inputSlope;
      }
    }
  }
}

function update(layers, rate) {
  for (let i = 1; i < layers.length; i++) {
    for (let j = 0; j < layers[i].length; j++) {
      const neuron = layers[i][j];
      neuron.bias -= (rate * neuron.collected) / neuron.n;
      neuron.collected = neuron.n = 0;
      for (let k = 0; k < neuron.inputs.length; k++) {
        const link = neuron.inputs[k];
        link.weight -= (rate * link.collected) / link.n;
        link.collected = link.n = 0;
      }
    }
  }
}

function run() {
  const layers = build(job.sizes, job.weights, job.biases);
  for (let epoch = 0; epoch < job.n_epochs; epoch++) {
    for (let i = 0; i < job.x.length; i++) {
      forward(layers, job.x[i]);
      backward(layers, job.y[i]);
      if ((i + 1) % job.batch_size === 0) update(layers, job.learning_rate);
    }
  }
  let loss = 0;
  job.x.forEach((x, i) => {
    const answer = forward(layers, x);
    loss -= Math.log(job.y[i] ? answer : 1 - answer);
  });
  return loss / job.x.length;
}

const began = process.hrtime.bigint();
const loss = run();
const seconds = Number(process.hrtime.bigint() - began) / 1e9;
console.log(JSON.stringify({ seconds, loss }));
