using BenchmarkDotNet.Running;
using GeminiBalance.Benchmarks;

// dotnet run -c Release --project tests/Benchmarks -- --filter '*' --job short
BenchmarkSwitcher.FromAssembly(typeof(OperationBenchmarks).Assembly).Run(args);
