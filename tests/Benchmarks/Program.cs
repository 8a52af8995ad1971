using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using GeminiBalance.Benchmarks;

// dotnet run -c Release --project tests/Benchmarks -- --filter '*' --job short
BenchmarkSwitcher.FromAssembly(typeof(OperationBenchmarks).Assembly).Run(args, DefaultConfig.Instance.WithSummaryStyle(SummaryStyle.Default.WithMaxParameterColumnWidth(40)));
