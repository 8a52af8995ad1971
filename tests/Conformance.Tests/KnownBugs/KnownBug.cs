namespace GeminiBalance.Conformance.Tests.KnownBugs;

/// <summary>A bug of another project that broke real clients.</summary>
/// <param name="Number">Its number in our list, which the names of its tests begin with.</param>
/// <param name="What">What was wrong.</param>
/// <param name="Report">Where it was reported or mended.</param>
/// <param name="Tests">The tests that fail when it is put in here.</param>
internal sealed record KnownBug(int Number, string What, string Report, params string[] Tests);
