namespace GeminiBalance.Load.Commands;

/// <summary>One thing to measure or to prove.</summary>
internal interface ILoadCommand
{
    string Name { get; }

    /// <summary>One line for people.</summary>
    string Summary { get; }

    IReadOnlyCollection<string> Options { get; }

    /// <returns>The exit code: 0 when everything that is asserted holds.</returns>
    Task<int> RunAsync(Arguments arguments, TimeProvider time, CancellationToken cancellationToken);
}
