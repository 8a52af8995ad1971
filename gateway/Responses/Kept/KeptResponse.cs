namespace GeminiBalance.Gateway.Responses;

/// <param name="Owner">The client id of the access token that made it; nobody else finds it.</param>
/// <param name="UsedAt">When it was made, or last served as a previous response.</param>
/// <param name="Body">A <see cref="Protocol.ResponsesApi.ResponseRecord"/>, encrypted where it is stored.</param>
internal sealed record KeptResponse(string Id, string Owner, DateTimeOffset UsedAt, byte[] Body);
