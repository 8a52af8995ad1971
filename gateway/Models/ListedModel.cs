namespace GeminiBalance.Gateway.Models;

/// <summary>One model, under a name of its own or one derived from it.</summary>
/// <param name="Id">Without <c>models/</c>.</param>
/// <param name="Json">The model object as the upstream wrote it; of a derived name, with that name in it.</param>
internal sealed record ListedModel(string Id, ReadOnlyMemory<byte> Json);
