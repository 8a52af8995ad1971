namespace GeminiBalance.Benchmarks;

/// <summary>Something a request's path does, ready to be repeated.</summary>
/// <param name="Name">As in <c>AllocationBudgets.json</c>.</param>
/// <param name="Prepare">Sets everything up once and gives what is measured.</param>
internal sealed record HotOperation(string Name, Func<Action> Prepare);
