using BenchmarkDotNet.Attributes;

namespace GeminiBalance.Benchmarks;

/// <summary>Times every hot operation.</summary>
[MemoryDiagnoser]
public class OperationBenchmarks
{
    private Action run = null!;

    public static IEnumerable<string> Names => HotOperations.All.Select(operation => operation.Name);

    [ParamsSource(nameof(Names))]
    public string Operation { get; set; } = "";

    [GlobalSetup]
    public void Prepare() => run = HotOperations.All.Single(operation => operation.Name == Operation).Prepare();

    [Benchmark]
    public void Run() => run();
}
