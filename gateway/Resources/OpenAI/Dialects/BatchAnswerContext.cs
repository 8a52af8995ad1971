using GeminiBalance.Gateway.Endpoints;
using GeminiBalance.Protocol;

namespace GeminiBalance.Gateway.Resources;

/// <summary>What the answers of a batch need to know.</summary>
/// <param name="Model">The model in the client's spelling.</param>
/// <param name="UpstreamModel">The same as it is called upstream.</param>
/// <param name="Created">Seconds since 1970 at which the answers were there.</param>
/// <param name="Ids">Ids of answers.</param>
/// <param name="Signatures">Remembers those of tool calls.</param>
internal sealed record BatchAnswerContext(string Model, string UpstreamModel, long Created, AnswerIds Ids, IThoughtSignatures Signatures);
