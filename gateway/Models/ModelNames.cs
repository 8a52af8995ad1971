using GeminiBalance.Gateway.Endpoints;
using GeminiBalance.Gateway.Settings;
using GeminiBalance.Protocol.Models;

namespace GeminiBalance.Gateway.Models;

/// <summary>What the model's name in a call means, under the settings of the moment and with what is known of the upstream's models.</summary>
internal sealed class ModelNames(ModelCatalog catalog)
{
    /// <param name="name">The client's spelling, with or without <c>models/</c>.</param>
    /// <param name="settings">The settings of the request.</param>
    /// <exception cref="Protocol.TranslationException">It is no name, or asks a model for what it is not set up for.</exception>
    /// <exception cref="ClientErrorException">The model is filtered.</exception>
    public ModelRequest Parse(string name, GatewaySettings settings) =>
        Check(ModelRequestParser.Parse(name, settings.Models.Rules, catalog.Ids), settings);

    /// <summary>The same for a name out of a path.</summary>
    public ModelRequest Split(string model, GatewaySettings settings) =>
        Check(ModelRequestParser.Split(model, settings.Models.Rules, catalog.Ids), settings);

    private static ModelRequest Check(ModelRequest request, GatewaySettings settings) =>
        settings.FilteredModels.Count > 0 && (settings.FilteredModels.Contains(request.Model) || settings.FilteredModels.Contains(request.Name))
            ? throw new ClientErrorException(ClientError.ModelNotFound(request.Name))
            : request;
}
